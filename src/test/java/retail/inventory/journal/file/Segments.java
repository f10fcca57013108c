package retail.inventory.journal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import retail.inventory.disk.SimDisk;

/** The segments of a log on a simulated disk. */
final class Segments {

    private Segments() {}

    static List<Segment> of(SimDisk disk) {
        try {
            return Segment.list(disk, LogOnDisk.DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A feed of their files, which remembers no place yet. */
    static SegmentFeed feed(SimDisk disk) {
        return new SegmentFeed(disk, LogOnDisk.DIRECTORY);
    }

    /** Changes a byte in the middle of a line, counted from 0. */
    static void damage(SimDisk disk, Segment segment, int line) throws IOException {
        List<byte[]> lines = LogOnDisk.lines(disk, segment.file());
        lines.get(line)[lines.get(line).length / 2] ^= 1;
        disk.put(segment.file(), LogOnDisk.join(lines));
    }
}
