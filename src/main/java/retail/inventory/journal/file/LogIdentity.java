package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Checksum;
import retail.inventory.files.Disk;
import retail.inventory.journal.LogUnavailableException;

/**
 * The file {@code wal/identity}: which history the log tells, as {@code {"logId":"<UUID>","crc":"…"}}. A sequence or a
 * version of one history means nothing in another one, though both count 1, 2, 3.
 *
 * <p>A log that is opened without the file begins a history of its own: a new log, one put back from {@code archive/}, a
 * copy made by {@code bin/backup}, which leaves the file out. A plain copy of the directory goes on with the old one.
 *
 * <p>The segments say it too, each in its header: that of the history that wrote it. The file counts when the last segment
 * bears the same, and is written after that segment.
 */
final class LogIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(LogIdentity.class);
    private static final Pattern CONTENT =
            Pattern.compile("\\{\"logId\":\"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\",\"crc\":.*");

    /** With one of these first, a position like {@code 9.b3f0a1b2} cannot be taken for a decimal number. */
    private static final String FIRST_DIGITS = "abc";

    private final Disk disk;
    private final Path directory;
    private volatile @Nullable String id;
    private volatile @Nullable String kept;
    private @Nullable SegmentHeader latest;

    /** That of a log that has not been read yet. */
    LogIdentity(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** The one in a directory; null when there is none, or none that is whole. */
    static @Nullable String read(Disk disk, Path directory) throws IOException {
        try {
            byte[] content = disk.read(fileIn(directory));
            int length =
                    content.length > 0 && content[content.length - 1] == '\n' ? content.length - 1 : content.length;
            Matcher matcher = CONTENT.matcher(new String(content, 0, length, StandardCharsets.US_ASCII));
            return Checksum.damage(content, 0, length) == null && matcher.matches() ? matcher.group(1) : null;
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /**
     * Decides which history goes on at the end of a log that was read: the one of the file, when its last segment was written
     * under it. Any other is new, and a segment of its own begins it.
     *
     * @param end the header of the last segment; null when there is none, or an earlier version wrote it
     */
    void goOn(@Nullable SegmentHeader end) throws IOException {
        String found = read(disk, directory);
        boolean same = found != null && (end == null || end.logId().equals(found));
        id = same ? found : newId();
        if (same) {
            latest = end;
            keep();
        }
    }

    /** Takes part in a log that others write. */
    void join() throws IOException {
        kept = read(disk, directory);
        id = kept;
    }

    /** Whether a segment with this header is of the history that goes on. */
    boolean wrote(@Nullable SegmentHeader header) {
        return header != null && header.logId().equals(id);
    }

    /**
     * The header of a segment that begins at the end of the log, be it in the place of one that has no event yet. The disk is
     * asked only for the first one: segments that other processes begin meanwhile are of the same history.
     */
    SegmentHeader headerAt(long first) throws IOException {
        SegmentHeader before = latest == null ? headerOnDisk(first) : latest;
        String mine = id;
        if (mine == null) { // the log was joined, and whoever opened it could not keep one
            mine = before == null ? newId() : before.logId();
            id = mine;
        }
        List<String> continues =
                new ArrayList<>(before != null && before.first() == first ? before.continues() : List.of());
        if (before != null && !before.logId().equals(mine)) {
            continues.add(before.logId());
        }
        return new SegmentHeader(mine, first, List.copyOf(continues));
    }

    private @Nullable SegmentHeader headerOnDisk(long first) throws IOException {
        Segment before = null;
        for (Segment segment : Segment.listAll(disk, directory, Segment.archiveOf(directory))) {
            before = segment.first() <= first ? segment : before;
        }
        return before == null ? null : before.header(disk);
    }

    /** A segment with this header is durable. */
    void began(SegmentHeader header) {
        latest = header;
        keep();
    }

    /** Which history the log tells, for anybody; null as long as the disk cannot keep it for the next start. */
    @Nullable
    String told() {
        return kept;
    }

    /**
     * Makes the file durable, now that the end of the log bears its id, or bears none. What cannot be kept is told to nobody:
     * better none than one that the next start does not know.
     */
    private void keep() {
        String mine = id;
        if (mine == null || kept != null) {
            return;
        }
        try {
            if (!mine.equals(read(disk, directory))) {
                disk.replace(fileIn(directory), content(mine));
            }
            disk.syncDirectory(directory); // be it that a process was killed when it had just written the file
            kept = mine;
        } catch (IOException e) {
            LOG.warn(
                    "The log has no identity until {} can be written, when the next segment begins or at the next start: {}",
                    fileIn(directory),
                    e.toString());
        }
    }

    private static ByteBuffer content(String id) {
        byte[] open = ("{\"logId\":\"" + id + "\"").getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[open.length + Checksum.BYTES + 1];
        System.arraycopy(open, 0, line, 0, open.length);
        line[Checksum.append(line, 0, open.length)] = '\n';
        return ByteBuffer.wrap(line);
    }

    /** See {@link retail.inventory.journal.EventFeed#holdsThrough}. */
    static long holdsThrough(Disk disk, Path directory, String logId) {
        try {
            String told = read(disk, directory);
            boolean named = told != null;
            List<Segment> segments = Segment.listAll(disk, directory, Segment.archiveOf(directory));
            for (Segment segment : segments.reversed()) {
                SegmentHeader header = segment.header(disk);
                boolean goesOn = header == null
                        ? logId.equals(told) && segment.equals(segments.getLast()) // what an earlier version wrote
                        : logId.equals(header.logId());
                if (goesOn) {
                    return Long.MAX_VALUE;
                }
                if (header != null && header.continues().contains(logId)) {
                    return header.first() - 1;
                }
                named |= header != null;
            }
            return named ? -1 : Long.MAX_VALUE;
        } catch (IOException e) {
            throw new LogUnavailableException(
                    LogUnavailableException.Cause.STORAGE_FAILED, "The log in " + directory + " cannot be read: " + e);
        }
    }

    /** The next start begins another history. */
    static void forget(Disk disk, Path directory) throws IOException {
        disk.delete(fileIn(directory));
        disk.syncDirectory(directory);
    }

    private static String newId() {
        String id = UUID.randomUUID().toString();
        while (FIRST_DIGITS.indexOf(id.charAt(0)) < 0) {
            id = UUID.randomUUID().toString();
        }
        return id;
    }

    private static Path fileIn(Path directory) {
        return directory.resolve("identity");
    }
}
