package retail.inventory.journal.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import retail.inventory.files.SimDisk;

/** The segments of a log on a simulated disk. */
final class Segments {

    static final Path ARCHIVE = Segment.archiveOf(LogOnDisk.DIRECTORY);

    private Segments() {}

    static List<Segment> of(SimDisk disk) {
        try {
            return Segment.list(disk, LogOnDisk.DIRECTORY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Segment> archived(SimDisk disk) {
        try {
            return Segment.listArchived(disk, ARCHIVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Long> firsts(List<Segment> segments) {
        return segments.stream().map(Segment::first).toList();
    }

    /** What an archived segment holds. */
    static String unpacked(SimDisk disk, Segment archived) throws IOException {
        try (InputStream packed = new GZIPInputStream(new ByteArrayInputStream(disk.read(archived.file())))) {
            return text(packed.readAllBytes());
        }
    }

    /** All files of the log and the archive, and what is in them. */
    static Map<String, String> files(SimDisk disk) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path directory : List.of(LogOnDisk.DIRECTORY, ARCHIVE)) {
            for (String name : disk.list(directory)) {
                Path file = directory.resolve(name);
                files.put(file.toString(), text(disk.read(file)));
            }
        }
        return files;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A feed of their files, which remembers no place yet. */
    static SegmentFeed feed(SimDisk disk) {
        return new SegmentFeed(disk, LogOnDisk.DIRECTORY);
    }

    /** The lines of a segment behind its header. */
    static List<byte[]> events(SimDisk disk, Path file) throws IOException {
        List<byte[]> lines = LogOnDisk.lines(disk, file);
        return new ArrayList<>(lines.subList(1, lines.size()));
    }

    /** Puts other lines behind the header of a segment. */
    static void putEvents(SimDisk disk, Path file, List<byte[]> events) throws IOException {
        List<byte[]> lines = new ArrayList<>(events);
        lines.addFirst(LogOnDisk.lines(disk, file).getFirst());
        disk.put(file, LogOnDisk.join(lines));
    }

    /** Changes a byte in the middle of the line of an event, counted from 0. */
    static void damage(SimDisk disk, Segment segment, int event) throws IOException {
        List<byte[]> events = events(disk, segment.file());
        events.get(event)[events.get(event).length / 2] ^= 1;
        putEvents(disk, segment.file(), events);
    }

    /** The header of a segment of the history that the log tells. */
    static byte[] header(SimDisk disk, long first) throws IOException {
        String logId = String.valueOf(LogIdentity.read(disk, LogOnDisk.DIRECTORY));
        return (text(new SegmentHeader(logId, first, List.of()).encode()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }
}
