package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The first bytes of a file as memory: reading them asks nothing of the system. Ends with this object, not with its close. */
record MappedFile(ByteBuffer bytes) implements Disk.ReadableFile {

    /** Null when the file is not so long yet. */
    static @Nullable MappedFile open(Path file, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size() < length ? null : new MappedFile(channel.map(MapMode.READ_ONLY, 0, length));
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        int from = (int) Math.min(position, bytes.limit());
        int length = Math.min(into.remaining(), bytes.limit() - from);
        try {
            into.put(into.position(), bytes, from, length).position(into.position() + length);
        } catch (InternalError pageIsGone) {
            throw new IOException("a mapped file was cut off, or its disk fails", pageIsGone);
        }
        return length == 0 ? -1 : length;
    }

    @Override
    public long size() {
        return bytes.limit();
    }

    @Override
    public void close() {}
}
