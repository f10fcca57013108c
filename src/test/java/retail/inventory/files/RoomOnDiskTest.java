package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Room behind the end of a file, on a real disk and on the simulated one. */
class RoomOnDiskTest {

    @Test
    void isOverwrittenByAppendsAndCutOffOnARealDisk(@TempDir Path directory) throws IOException {
        isOverwrittenByAppendsAndCutOff(new RealDisk(), directory.resolve("file"));
    }

    @Test
    void isOverwrittenByAppendsAndCutOffOnASimulatedDisk() throws IOException {
        isOverwrittenByAppendsAndCutOff(new SimDisk(), Path.of("/data/file"));
    }

    private static void isOverwrittenByAppendsAndCutOff(Disk disk, Path file) throws IOException {
        try (Disk.WritableFile out = disk.openForWrite(file)) {
            out.append(bytes("ab"));
            out.preallocate(bytes("......"));
            assertThat(out.size()).isEqualTo(8);
            out.append(bytes("cd"));
            out.force();
        }
        assertThat(disk.read(file)).asString().isEqualTo("abcd....");

        try (Disk.WritableFile again = disk.openForWrite(file, 4)) {
            again.append(bytes("ef"));
            assertThat(disk.read(file)).asString().isEqualTo("abcdef..");
            again.append(bytes("ghi"));
            again.preallocate(bytes(".."));
            again.trim();
            again.append(bytes("j"));
            again.force();
        }
        assertThat(disk.read(file)).asString().isEqualTo("abcdefghij");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
