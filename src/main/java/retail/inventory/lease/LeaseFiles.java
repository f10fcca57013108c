package retail.inventory.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.lease.LeaseContent.DamagedLeaseException;

/**
 * The lease files of a directory. A file appears and changes by a rename, so that who reads it without the guard sees one
 * state or the next, and who is killed leaves no half of one. Nothing is forced: after a power cut nobody has a lease.
 */
final class LeaseFiles {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseFiles.class);
    private static final String SUFFIX = ".lease";
    private static final String TEMPORARY_PREFIX = ".writing-";

    private final Disk disk;
    private final Path directory;
    private final Path temporary;

    LeaseFiles(Disk disk, Path directory, String me) {
        this.disk = disk;
        this.directory = directory;
        this.temporary = directory.resolve(TEMPORARY_PREFIX + me);
    }

    /** What a lease file says; null when there is none, and when it cannot be understood, which must not lock anybody out. */
    @Nullable
    LeaseContent read(String name) throws IOException {
        try {
            return LeaseContent.decode(disk.read(file(name)));
        } catch (NoSuchFileException free) {
            return null;
        } catch (DamagedLeaseException e) {
            LOG.warn("The lease file {} is not readable and counts as free: {}", file(name), e.getMessage());
            return null;
        }
    }

    void write(String name, LeaseContent content) throws IOException {
        disk.delete(temporary); // of a write that failed
        try (Disk.WritableFile out = disk.openForWrite(temporary)) {
            out.append(ByteBuffer.wrap(content.encode()));
        }
        disk.rename(temporary, file(name));
    }

    void delete(String name) throws IOException {
        disk.delete(file(name));
    }

    /** The names that have a file, sorted. */
    List<String> names() throws IOException {
        return disk.list(directory).stream()
                .filter(file -> file.endsWith(SUFFIX))
                .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                .sorted()
                .toList();
    }

    /** Deletes what processes that are dead were writing. */
    void deleteUnfinished(Owners owners) throws IOException {
        for (String file : disk.list(directory)) {
            if (file.startsWith(TEMPORARY_PREFIX) && owners.isDead(file.substring(TEMPORARY_PREFIX.length()))) {
                disk.delete(directory.resolve(file));
            }
        }
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
