package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import retail.inventory.files.Disk;

/**
 * What the log takes on the disk, as of the latest look: who asks waits for no disk, which may be the one that hangs. Any
 * thread may ask, one looks.
 */
public final class LogFootprint {

    private final Disk disk;
    private final Path directory;
    private volatile Files latest = new Files(0, 0);

    LogFootprint(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /**
     * The files of a log, those in the archive left out.
     *
     * @param segments how many
     * @param bytes their size
     */
    public record Files(int segments, long bytes) {}

    /** What there was at the latest look. */
    public Files latest() {
        return latest;
    }

    /** Looks. */
    public void look() throws IOException {
        List<Segment> segments = Segment.list(disk, directory);
        int found = 0;
        long bytes = 0;
        for (Segment segment : segments) {
            try {
                bytes += segment.size(disk);
                found++;
            } catch (NoSuchFileException compactedMeanwhile) {
                // its bytes are gone as well
            }
        }
        latest = new Files(found, bytes);
    }
}
