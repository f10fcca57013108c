package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of a file that is looked at all the time. */
class MappedFileTest {

    private static final int LENGTH = 5;

    @TempDir
    Path directory;

    private final RealDisk disk = new RealDisk();
    private Path file;

    @BeforeEach
    void names() {
        file = directory.resolve("mark");
    }

    private static String read(Disk.ReadableFile open, int position, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(1 + length).position(1);
        int read = open.read(into, position);
        assertThat(into.position()).isEqualTo(1 + Math.max(0, read));
        return read < 0 ? "end" : new String(into.array(), 1, read, StandardCharsets.US_ASCII);
    }

    @Test
    void showsAtOnceWhatIsWrittenOverIt() throws IOException {
        Files.writeString(file, "first and more");
        try (Disk.ReadableFile open = disk.openForLooking(file, LENGTH);
                Disk.WritableFile out = disk.openForWrite(file)) {
            assertThat(read(open, 0, LENGTH)).isEqualTo("first");
            for (int i = 10; i < 100; i++) {
                out.overwrite(ByteBuffer.wrap(("now" + i).getBytes(StandardCharsets.US_ASCII)));
                assertThat(read(open, 0, LENGTH)).isEqualTo("now" + i);
            }
        }
    }

    @Test
    void endsWhereItWasToldTo() throws IOException {
        Files.writeString(file, "first and more");
        MappedFile open = Objects.requireNonNull(MappedFile.open(file, LENGTH));
        assertThat(open.size()).isEqualTo(LENGTH);
        assertThat(read(open, 3, LENGTH)).isEqualTo("st");
        assertThat(read(open, LENGTH, LENGTH)).isEqualTo("end");
        assertThat(read(open, LENGTH + 1, LENGTH)).isEqualTo("end");
    }

    @Test
    void isReadAsAnyOtherWhenItIsNotSoLongYet() throws IOException {
        Files.writeString(file, "new");
        assertThat(MappedFile.open(file, LENGTH)).isNull();
        try (Disk.ReadableFile open = disk.openForLooking(file, LENGTH)) {
            assertThat(read(open, 0, LENGTH)).isEqualTo("new");
            Files.writeString(file, "newer");
            assertThat(read(open, 0, LENGTH)).isEqualTo("newer");
        }
    }

    @Test
    void failsAsADiskDoesWhenItIsCutOff() throws IOException {
        Files.writeString(file, "first and more");
        MappedFile open = Objects.requireNonNull(MappedFile.open(file, LENGTH));
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> read(open, 0, LENGTH)).isInstanceOf(IOException.class);
    }
}
