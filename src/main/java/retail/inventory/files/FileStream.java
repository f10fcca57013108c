package retail.inventory.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A file as a stream from its start. Unbuffered. */
final class FileStream extends InputStream {

    private final Disk.ReadableFile file;
    private long position;

    FileStream(Disk.ReadableFile file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = file.read(ByteBuffer.wrap(into, offset, length), position);
        position += Math.max(0, read);
        return read;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
