package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a lock when the note of its owner cannot be written: it is held, and known to be, or it is free. */
class LockNoteTest {

    /** A file that opens and locks like any other and takes no byte: what is left on a disk that is full. */
    private static final Path FULL = Path.of("/dev/full");

    private final RealDisk disk = new RealDisk();

    @TempDir
    private Path directory;

    @Test
    void lockIsHeldWithoutItsNoteWhenTheDiskIsFull() throws IOException {
        assumeThat(FULL).exists();
        Path file = Files.createSymbolicLink(directory.resolve(".lock"), FULL);
        try (Disk.HeldLock _ = disk.tryLock(file, "held by a test").orElseThrow()) {
            assertThat(disk.tryLock(file, "held by another"))
                    .as("while it is held")
                    .isEmpty();
        }
        disk.tryLock(file, "held by a test").orElseThrow().close();
    }

    @Test
    void lockThatCouldNotBeTakenToTheEndIsFree() throws IOException {
        Path file = directory.resolve(".lock");
        Thread.currentThread().interrupt(); // closes the channel in the middle
        assertThatExceptionOfType(ClosedByInterruptException.class).isThrownBy(() -> disk.tryLock(file, "interrupted"));
        assertThat(Thread.interrupted()).isTrue();
        disk.tryLock(file, "held by a test").orElseThrow().close();
    }

    @Test
    void directoryWhoseSecondLockIsTakenGivesTheFirstOneBack() throws IOException {
        try (Disk.HeldLock _ = disk.tryLock(directory.resolve("second"), "").orElseThrow()) {
            assertThatExceptionOfType(DataDirectoryException.class)
                    .isThrownBy(() -> DataDirectory.open(disk, directory, List.of("first", "second"), false))
                    .withMessageContaining("holder unknown");
            disk.tryLock(directory.resolve("first"), "").orElseThrow().close();
        }
    }
}
