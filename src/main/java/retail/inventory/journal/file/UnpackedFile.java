package retail.inventory.journal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import retail.inventory.disk.Disk;

/** The content of a gzipped file, which can only be read from its start on. Not thread-safe. */
final class UnpackedFile implements Disk.ReadableFile {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final Disk.ReadableFile packed;
    private final InputStream content;
    private long at;

    UnpackedFile(Disk disk, Path file) throws IOException {
        this.file = file;
        this.packed = disk.openForRead(file);
        try {
            this.content = new GZIPInputStream(new Bytes(packed), BUFFER_BYTES);
        } catch (IOException e) {
            packed.close();
            throw unreadable(e);
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (position != at) {
            throw new IllegalArgumentException("byte " + position + " is asked for, but " + at + " is next");
        }
        try {
            int read = content.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
            if (read > 0) {
                into.position(into.position() + read);
                at += read;
            }
            return read;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private IOException unreadable(IOException e) {
        return new IOException(file + " cannot be unpacked: put it back from a copy", e);
    }

    /** Of the gzipped file: what it is unpacked is known only at its end. */
    @Override
    public long size() throws IOException {
        return packed.size();
    }

    @Override
    public void close() throws IOException {
        content.close();
        packed.close();
    }

    /** A file as a stream. */
    private static final class Bytes extends InputStream {
        private final Disk.ReadableFile file;
        private long position;

        private Bytes(Disk.ReadableFile file) {
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
    }
}
