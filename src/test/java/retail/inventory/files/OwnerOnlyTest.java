package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {

    @TempDir
    Path parent;

    @BeforeEach
    void hasPermissions() {
        assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void nobodyElseReadsWhatIsCreated() throws IOException {
        Disk disk = new RealDisk();
        Path data = parent.resolve("new/data");
        try (DataDirectory directory = DataDirectory.open(disk, data, List.of(".lock"), false)) {
            disk.replace(directory.resolve("file"), ByteBuffer.wrap(new byte[] {1}));
            disk.createDirectories(directory.resolve("wal"));
            new FileMutex(disk, directory.resolve(".log-end")).close();
            new FilePresence(disk, directory.resolve(".present")).close();
            for (String name : List.of("file", ".lock", ".log-end", ".present")) {
                assertThat(permissions(data.resolve(name))).as(name).isEqualTo("rw-------");
            }
            for (Path made : List.of(data, data.resolve("wal"), parent.resolve("new"))) {
                assertThat(permissions(made)).as(made.toString()).isEqualTo("rwx------");
            }
        }
    }

    @Test
    void whatIsThereKeepsItsPermissions() throws IOException {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        new RealDisk().createDirectories(parent);
        assertThat(permissions(parent)).isEqualTo("rwxr-xr-x");
    }
}
