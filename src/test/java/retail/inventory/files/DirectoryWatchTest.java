package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.simulation.ExpectedErrors;

/** A data directory that is taken away, or put in the place of another, while a process has it. */
@ExtendWith(ExpectedErrors.class)
class DirectoryWatchTest {

    @TempDir
    Path parent;

    private final DirectoryWatch watch = new DirectoryWatch();
    private final Disk disk = new FencedDisk(new RealDisk(), watch);
    private Path data = Path.of("");

    @BeforeEach
    void placeDirectory() {
        data = parent.resolve("data");
    }

    private void whileOpen(ThrowingCallable work) throws Throwable {
        try (DataDirectory _ = DataDirectory.open(disk, data, List.of(".lock"), false, watch)) {
            work.call();
        }
    }

    @Test
    void isWrittenWhileItsLockIsTheOneThatWasTaken() throws Throwable {
        whileOpen(() -> {
            disk.replace(data.resolve("file"), ByteBuffer.wrap(new byte[] {1}));
            watch.look();
            assertThat(watch.problem()).isEmpty();
        });
    }

    @Test
    void isNotWrittenOnceItIsGone() throws Throwable {
        whileOpen(() -> {
            Disk.WritableFile segment = disk.openForWrite(data.resolve("segment"));
            Files.move(data, parent.resolve("elsewhere"));
            requireNotWritten(segment);
            assertThat(watch.problem()).contains(data.resolve(".lock").toString(), "deleted, moved or replaced");
            segment.close();
        });
    }

    /** Another process has begun there: what is in it is none of ours. */
    @Test
    void isNotWrittenOnceAnotherIsInItsPlace() throws Throwable {
        whileOpen(() -> {
            Disk.WritableFile segment = disk.openForWrite(data.resolve("segment"));
            Files.move(data, parent.resolve("elsewhere"));
            try (DataDirectory _ =
                    DataDirectory.open(new RealDisk(), data, List.of(".lock"), false, new DirectoryWatch())) {
                requireNotWritten(segment);
                assertThat(new RealDisk().list(data)).containsExactly(".lock");
            }
            segment.close();
        });
    }

    @Test
    void isWrittenAgainWhenItIsBack() throws Throwable {
        whileOpen(() -> {
            Files.move(data, parent.resolve("elsewhere"));
            watch.look();
            assertThat(watch.problem()).isNotEmpty();
            Files.move(parent.resolve("elsewhere"), data);
            watch.look();
            assertThat(watch.problem()).isEmpty();
            disk.replace(data.resolve("file"), ByteBuffer.wrap(new byte[] {1}));
        });
    }

    @Test
    void aFailureToLookSaysNothing() throws IOException {
        IOException[] failure = {null};
        DirectoryWatch failing = new DirectoryWatch(file -> {
            if (failure[0] != null) {
                throw failure[0];
            }
            return "key";
        });
        failing.opened(data.resolve(".lock"));
        failure[0] = new FileSystemException(".lock", null, "Input/output error");
        assertThatCode(failing::requireOurs).doesNotThrowAnyException();
    }

    private void requireNotWritten(Disk.WritableFile open) {
        Path file = data.resolve("file");
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1});
        List<ThrowingCallable> writes = List.of(
                () -> disk.openForWrite(file),
                () -> disk.openForWrite(file, 1),
                () -> disk.replace(file, bytes),
                () -> disk.rename(file, file),
                () -> disk.delete(file),
                () -> disk.createDirectories(data.resolve("inventory")),
                () -> disk.tryLock(data.resolve(".files-lock"), ""),
                () -> open.append(bytes),
                () -> open.preallocate(bytes),
                () -> open.overwrite(bytes),
                open::trim,
                open::force);
        for (ThrowingCallable write : writes) {
            assertThatThrownBy(write).isInstanceOf(IOException.class).hasMessageContaining("is no longer the file");
        }
    }
}
