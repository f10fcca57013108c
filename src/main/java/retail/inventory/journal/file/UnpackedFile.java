package retail.inventory.journal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import retail.inventory.files.Disk;

/** The content of a gzipped file, which can only be read from its start on. Not thread-safe. */
final class UnpackedFile implements Disk.ReadableFile {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Disk disk;
    private final Path file;
    private final InputStream content;
    private long at;

    UnpackedFile(Disk disk, Path file) throws IOException {
        this.disk = disk;
        this.file = file;
        InputStream packed = disk.stream(file);
        try {
            this.content = new GZIPInputStream(packed, BUFFER_BYTES);
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
        try (Disk.ReadableFile packed = disk.openForRead(file)) {
            return packed.size();
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
