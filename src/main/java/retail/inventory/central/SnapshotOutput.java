package retail.inventory.central;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import retail.inventory.files.Checksum;
import retail.inventory.files.Disk;

/**
 * Writes a snapshot with the checksum at its end, and forces it bit by bit: the log's next sync would have to wait for a
 * large file that is forced at once. To close it says nothing: {@link #finish} does. Not thread-safe.
 */
final class SnapshotOutput extends OutputStream {

    private static final int UNFORCED_BYTES_MAX = 1 << 20;

    private final Disk.WritableFile file;
    private final CRC32C crc = new CRC32C();
    private int unforced;

    SnapshotOutput(Disk.WritableFile file) {
        this.file = file;
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        crc.update(bytes, offset, length);
        file.append(ByteBuffer.wrap(bytes, offset, length));
        unforced += length;
        if (unforced >= UNFORCED_BYTES_MAX) {
            file.force();
            unforced = 0;
        }
    }

    /** Closes the object that was written, with its checksum as the last member, and makes all of it durable. */
    void finish() throws IOException {
        file.append(ByteBuffer.wrap(Checksum.closing(crc)));
        file.force();
    }
}
