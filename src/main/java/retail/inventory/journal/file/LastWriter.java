package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;

/**
 * The file {@code wal/writer}: whichever process changed the end of a shared log last has signed there before, so one that
 * finds its own name has left the end of the log as it is now. A name is never used again; nothing is forced, for a name
 * means nothing when its process has ended. To be used only by whoever has the turn at the end of the log.
 */
final class LastWriter implements AutoCloseable {

    private final Disk disk;
    private final Path file;
    private final byte[] me;
    private Disk.@Nullable WritableFile out;
    private Disk.@Nullable ReadableFile in;

    LastWriter(Disk disk, Path directory) {
        this.disk = disk;
        this.file = directory.resolve("writer");
        this.me = (UUID.randomUUID() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether nobody else has signed since this process did. */
    boolean isThisProcess() throws IOException {
        Disk.ReadableFile open = in;
        if (open == null) {
            return false;
        }
        ByteBuffer name = ByteBuffer.allocate(me.length);
        while (name.hasRemaining() && open.read(name, name.position()) > 0) {}
        return name.flip().equals(ByteBuffer.wrap(me));
    }

    /** Before it changes anything at the end of the log: whatever is left there from now on, the next one looks. */
    void sign() throws IOException {
        Disk.WritableFile open = out;
        if (open == null) {
            open = disk.openForWrite(file);
            out = open;
        }
        open.overwrite(ByteBuffer.wrap(me));
        in = in == null ? disk.openForLooking(file, me.length) : in;
    }

    @Override
    public void close() throws IOException {
        try (var _ = out;
                var _ = in) {
            in = null;
            out = null;
        }
    }
}
