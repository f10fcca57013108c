package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import retail.inventory.disk.Disk;

/**
 * One file of the log.
 *
 * @param first the sequence of its first event
 */
record Segment(long first, Path file) {

    private static final Pattern NAME = Pattern.compile("\\d{20}\\.jsonl");

    static Segment startingAt(long first, Path directory) {
        return new Segment(first, directory.resolve(String.format(Locale.ROOT, "%020d.jsonl", first)));
    }

    /** The segments in a directory, oldest first. */
    static List<Segment> list(Disk disk, Path directory) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (String name : disk.list(directory)) {
            if (NAME.matcher(name).matches()) {
                segments.add(new Segment(Long.parseLong(name.substring(0, 20)), directory.resolve(name)));
            }
        }
        return segments;
    }
}
