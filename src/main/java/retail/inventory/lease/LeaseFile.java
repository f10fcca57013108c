package retail.inventory.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.lease.LeaseContent.DamagedLeaseException;

/**
 * The lease file of a directory. It appears and changes by a rename, so that who reads it without the guard sees one state or
 * the next, and who is killed leaves no half of one. Nothing is forced: after a power cut nobody has the lease.
 */
final class LeaseFile {

    /** What the lease is of, for people, and its file's name. */
    static final String NAME = "writer";

    private static final Logger LOG = LoggerFactory.getLogger(LeaseFile.class);
    private static final String TEMPORARY_PREFIX = ".writing-";

    private final Disk disk;
    private final Path directory;
    private final Path file;
    private final Path temporary;
    private volatile @Nullable Line latest;

    /** A line and what it says: mostly it is the same again. */
    private static final class Line {
        private final byte[] bytes;
        private final LeaseContent content;

        private Line(byte[] bytes) throws DamagedLeaseException {
            this.bytes = bytes;
            this.content = LeaseContent.decode(bytes);
        }
    }

    LeaseFile(Disk disk, Path directory, String me) {
        this.disk = disk;
        this.directory = directory;
        this.file = directory.resolve(NAME + ".lease");
        this.temporary = directory.resolve(TEMPORARY_PREFIX + me);
    }

    /** What it says; null when there is none, and when it cannot be understood, which must not lock anybody out. */
    @Nullable
    LeaseContent read() throws IOException {
        try {
            byte[] bytes = disk.read(file);
            Line line = latest;
            if (line == null || !Arrays.equals(line.bytes, bytes)) {
                line = new Line(bytes);
                latest = line;
            }
            return line.content;
        } catch (NoSuchFileException free) {
            return null;
        } catch (DamagedLeaseException e) {
            LOG.warn("The lease file {} is not readable and counts as free: {}", file, e.getMessage());
            return null;
        }
    }

    void write(LeaseContent content) throws IOException {
        disk.delete(temporary); // of a write that failed
        try (Disk.WritableFile out = disk.openForWrite(temporary)) {
            out.append(ByteBuffer.wrap(content.encode()));
        }
        disk.rename(temporary, file);
    }

    void delete() throws IOException {
        disk.delete(file);
    }

    /** Deletes what processes that are dead were writing. */
    void deleteUnfinished(Owners owners) throws IOException {
        for (String name : disk.list(directory)) {
            if (name.startsWith(TEMPORARY_PREFIX) && owners.isDead(name.substring(TEMPORARY_PREFIX.length()))) {
                disk.delete(directory.resolve(name));
            }
        }
    }
}
