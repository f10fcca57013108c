package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.journal.Event;
import retail.inventory.journal.file.LineDecoder.DamagedLineException;

/**
 * One file of the log.
 *
 * @param first the sequence of its first event
 */
record Segment(long first, Path file) {

    private static final String PACKED = ".gz";
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.jsonl");
    private static final Pattern ARCHIVED_NAME = Pattern.compile("(\\d{20})\\.jsonl\\.gz");

    static Segment startingAt(long first, Path directory) {
        return new Segment(first, directory.resolve(String.format(Locale.ROOT, "%020d.jsonl", first)));
    }

    /** Where the segments of a directory go when nobody needs them any more. */
    static Path archiveOf(Path directory) {
        return directory.resolveSibling("archive");
    }

    /** The segments in a directory, oldest first. */
    static List<Segment> list(Disk disk, Path directory) throws IOException {
        return list(disk, directory, NAME);
    }

    /** The archived segments in a directory, oldest first. */
    static List<Segment> listArchived(Disk disk, Path archive) throws IOException {
        return list(disk, archive, ARCHIVED_NAME);
    }

    /**
     * All there are, oldest first; one that is in both places, because archiving it was cut off, as it is in the log. The log
     * is looked at first: one that another process archives meanwhile is seen twice rather than never.
     */
    static List<Segment> listAll(Disk disk, Path directory, Path archive) throws IOException {
        TreeMap<Long, Segment> byFirst = new TreeMap<>();
        list(disk, directory).forEach(segment -> byFirst.put(segment.first, segment));
        listArchived(disk, archive).forEach(segment -> byFirst.putIfAbsent(segment.first, segment));
        return List.copyOf(byFirst.values());
    }

    private static List<Segment> list(Disk disk, Path directory, Pattern form) throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (String name : disk.list(directory)) {
            Matcher matcher = form.matcher(name);
            if (matcher.matches()) {
                segments.add(new Segment(Long.parseLong(matcher.group(1)), directory.resolve(name)));
            }
        }
        return segments;
    }

    /** Where it goes when it is archived. */
    Path fileIn(Path archive) {
        return archive.resolve(file.getFileName() + PACKED);
    }

    /** Opens its lines, unpacked. */
    Disk.ReadableFile open(Disk disk) throws IOException {
        return file.toString().endsWith(PACKED) ? new UnpackedFile(disk, file) : disk.openForRead(file);
    }

    /** Its first event; null when that cannot be told, for it has none or was lost to damage. */
    @Nullable
    Event firstEvent(Disk disk) throws IOException {
        try (SegmentScanner lines = new SegmentScanner(disk, this, 0, SegmentScanner.SMALL_WINDOW_BYTES)) {
            return lines.next() ? lines.decode(new LineDecoder()).event() : null;
        } catch (DamagedLineException unknown) {
            return null;
        }
    }

    /** Its header; null when it has none that is whole. */
    @Nullable
    SegmentHeader header(Disk disk) throws IOException {
        try (SegmentScanner lines = new SegmentScanner(disk, this, 0, SegmentScanner.SMALL_WINDOW_BYTES)) {
            return lines.header();
        }
    }

    /** The latest sequence that its lines prove to be durable, those behind damage too; 0 when they prove none. */
    long highestClaim(Disk disk) throws IOException {
        LineDecoder decoder = new LineDecoder();
        long claim = 0;
        try (SegmentScanner lines = new SegmentScanner(disk, this)) {
            while (lines.next()) {
                try {
                    claim = Math.max(claim, lines.decode(decoder).durableClaim());
                } catch (DamagedLineException provesNothing) {
                    // the next ones may
                }
            }
        }
        return claim;
    }

    /** How many bytes there are without the line feeds at the end but for one. */
    static int lengthWithoutRoom(byte[] content) {
        int end = content.length;
        while (end > 1 && content[end - 1] == '\n' && content[end - 2] == '\n') {
            end--;
        }
        return end;
    }

    /** Its bytes on the disk, its room included. */
    long size(Disk disk) throws IOException {
        try (Disk.ReadableFile opened = disk.openForRead(file)) {
            return opened.size();
        }
    }
}
