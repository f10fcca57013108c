package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.background.DiskBreakers;

/** Reading is tried again on a disk that fails now and then; nothing else is. */
class RetriedReadsTest {

    private static final Path DIRECTORY = Path.of("/data");
    private static final Path FILE = DIRECTORY.resolve("file");
    private static final String TEXT = "all of it";
    private static final int RETRY_TIMES = 3;

    private final CountedDisk failing = new CountedDisk(FILE, TEXT);
    private final DiskBreakers breakers = new DiskBreakers(new DiskBreakers.Settings(0.5, 1, 1, RETRY_TIMES));
    private final Disk disk = new RetriedReads(failing, breakers.forReading());

    /** What reads. */
    enum Reading {
        OPEN,
        READ,
        SIZE,
        LIST
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void answersWhenTheThirdTryWorks(Reading kind) throws IOException {
        failing.fail(kind.name(), 2);
        assertThat(disk.list(DIRECTORY)).containsExactly("file");
        assertThat(disk.read(FILE)).asString(StandardCharsets.US_ASCII).isEqualTo(TEXT);
        assertThat(failing.calls(kind.name())).isEqualTo(3);
        assertThat(breakers.repeated()).isEqualTo(2);
        assertThat(failing.calls("CLOSE")).isEqualTo(1);
    }

    @Test
    void streamsAFileOverFailures() throws IOException {
        failing.fail("READ", 2);
        try (InputStream stream = disk.stream(FILE)) {
            assertThat(stream.readAllBytes())
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(TEXT);
        }
        assertThat(breakers.repeated()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void givesUpAfterSoManyTries(Reading kind) {
        failing.fail(kind.name(), Integer.MAX_VALUE);
        assertThatThrownBy(() -> {
                    disk.list(DIRECTORY);
                    disk.read(FILE);
                })
                .isSameAs(failing.failure());
        assertThat(failing.calls(kind.name())).isEqualTo(RETRY_TIMES + 1);
        assertThat(breakers.repeated()).isEqualTo(RETRY_TIMES);
        assertThat(failing.calls("CLOSE")).isEqualTo(failing.calls("OPEN") == 1 ? 1 : 0);
    }

    @Test
    void saysAtOnceThatAFileIsNotThere() {
        assertThatThrownBy(() -> disk.read(DIRECTORY.resolve("another"))).isInstanceOf(NoSuchFileException.class);
        assertThat(failing.calls("OPEN")).isEqualTo(1);
        assertThat(breakers.repeated()).isZero();
    }

    @Test
    void stopsAtOnceWhenItsThreadIsInterrupted() {
        failing.fail("READ", Integer.MAX_VALUE);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> disk.read(FILE)).isSameAs(failing.failure());
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        assertThat(failing.calls("READ")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openForWrite",
                "append",
                "overwrite",
                "force",
                "size of what is written",
                "rename",
                "delete",
                "syncDirectory",
                "createDirectories",
                "tryLock"
            })
    void neverRepeatsAnythingElse(String kind) throws IOException {
        List<Action> all = List.of(
                () -> disk.createDirectories(DIRECTORY),
                this::write,
                () -> disk.rename(FILE, FILE),
                () -> disk.delete(FILE),
                () -> disk.syncDirectory(DIRECTORY),
                () -> disk.tryLock(FILE, "mine"));
        failing.fail(kind, 1);
        List<IOException> thrown = new ArrayList<>();
        for (Action action : all) {
            try {
                action.run();
            } catch (IOException e) {
                thrown.add(e);
            }
        }
        assertThat(thrown).as("told to who called").containsExactly(failing.failure());
        assertThat(failing.calls(kind)).isEqualTo(1);
        assertThat(breakers.repeated()).isZero();
    }

    private void write() throws IOException {
        try (Disk.WritableFile file = disk.openForWrite(FILE)) {
            file.append(ByteBuffer.wrap(new byte[1]));
            file.overwrite(ByteBuffer.wrap(new byte[1]));
            file.force();
            assertThat(file.size()).isPositive();
        }
    }
}
