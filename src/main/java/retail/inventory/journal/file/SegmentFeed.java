package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed.Batch;
import retail.inventory.journal.EventFeed.Original;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.file.LineDecoder.DamagedLineException;

/**
 * Reads durable events from the segment files at any position. A reader that goes on where it stopped costs no search;
 * another position is found by a {@link SegmentSearch}. Safe for several threads.
 */
final class SegmentFeed {

    private static final int PLACES_KEPT = 64;

    private final Disk disk;
    private final Path directory;

    /** Where readers stopped: the sequence they go on with, and the offset of its line. */
    private final Map<Long, Place> places = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Place> eldest) {
            return size() > PLACES_KEPT;
        }
    };

    private record Place(long segmentFirst, long offset) {}

    SegmentFeed(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Events after a sequence, up to one that is durable; the directory is listed after that was known, so that a
     * segment which makes another one's tail void is seen. */
    Batch read(long after, long durable, int limit) {
        while (true) {
            try {
                return readListed(after, durable, limit);
            } catch (NoSuchFileException compactedMeanwhile) {
                // the next listing does not have it
            } catch (IOException e) {
                throw unavailable(e);
            }
        }
    }

    private Batch readListed(long after, long durable, int limit) throws IOException {
        List<Segment> segments = Segment.list(disk, directory);
        int index = indexOf(after + 1, segments, durable);
        long end = index + 1 < segments.size() ? segments.get(index + 1).first() - 1 : Long.MAX_VALUE;
        return readSegment(segments.get(index), after + 1, Math.min(end, durable), limit);
    }

    /** The index of the segment that has an event. */
    private static int indexOf(long sequence, List<Segment> segments, long durable) {
        int index = segments.size() - 1;
        while (index > 0 && segments.get(index).first() > sequence) {
            index--;
        }
        if (index < 0 || segments.get(index).first() > sequence) {
            throw new EventsGoneException(
                    index < 0 ? durable + 1 : segments.get(index).first());
        }
        return index;
    }

    /** The line of a durable event, and where it is. */
    Original original(long sequence) {
        while (true) {
            try {
                List<Segment> segments = Segment.list(disk, directory);
                return originalIn(segments.get(indexOf(sequence, segments, sequence)), sequence);
            } catch (NoSuchFileException compactedMeanwhile) {
                // the next listing does not have it
            } catch (IOException e) {
                throw unavailable(e);
            }
        }
    }

    private Original originalIn(Segment segment, long sequence) throws IOException {
        LineDecoder decoder = new LineDecoder();
        String reason = "it is missing";
        try (SegmentScanner lines = scanner(segment, sequence)) {
            while (lines.next()) {
                try {
                    if (lines.decode(decoder).sequence() == sequence) {
                        String place = segment.file().getFileName() + ", byte offset " + lines.offset();
                        return new Original(place, new String(lines.bytes(), StandardCharsets.UTF_8));
                    }
                } catch (DamagedLineException perhapsThisOne) {
                    reason = "it is missing, and another line is damaged: " + perhapsThisOne.reason();
                }
            }
        }
        throw new LogDamagedException("The line of sequence " + sequence + " cannot be read: " + reason);
    }

    /** Where the line of a sequence ends in a segment; −1 when it is not there. */
    long endOf(Segment segment, long sequence) throws IOException {
        Place behind = remembered(sequence + 1);
        if (behind != null && behind.segmentFirst() == segment.first()) {
            return behind.offset();
        }
        LineDecoder decoder = new LineDecoder();
        try (SegmentScanner lines = scanner(segment, sequence)) {
            while (lines.next()) {
                if (lines.decode(decoder).sequence() == sequence) {
                    return lines.consumed();
                }
            }
        } catch (DamagedLineException notThere) {
            return -1;
        }
        return -1;
    }

    /** Whether there is a line of an event, durable or not yet. */
    boolean isWritten(long sequence) throws IOException {
        List<Segment> segments = Segment.list(disk, directory);
        for (Segment segment : segments.reversed()) {
            if (segment.first() <= sequence) {
                return endOf(segment, sequence) >= 0;
            }
        }
        return false;
    }

    private LogUnavailableException unavailable(IOException e) {
        return new LogUnavailableException(
                LogUnavailableException.Cause.STORAGE_FAILED, "The log in " + directory + " cannot be read: " + e);
    }

    private SegmentScanner scanner(Segment segment, long sequence) throws IOException {
        return new SegmentScanner(disk, segment, place(segment, sequence), SegmentScanner.SMALL_WINDOW_BYTES);
    }

    private Batch readSegment(Segment segment, long from, long to, int limit) throws IOException {
        LineDecoder decoder = new LineDecoder();
        List<Event> events = new ArrayList<>();
        long next = from;
        try (SegmentScanner lines = scanner(segment, from)) {
            while (next <= to && next - from < limit && lines.next()) {
                LineDecoder.Line line = lines.decode(decoder);
                if (line.sequence() > next) {
                    throw new DamagedLineException("sequence " + next + " is missing before it");
                }
                if (line.sequence() == next) {
                    if (line.event() != null) {
                        events.add(line.event());
                    }
                    next++;
                }
            }
            if (next > from) {
                remember(next, new Place(segment.first(), lines.consumed()));
            }
        } catch (DamagedLineException e) {
            throw new LogDamagedException("The log is damaged: " + segment.file() + " at sequence " + next + ": "
                    + e.reason() + ". Stop the service and see run.md, \"The log is damaged\".");
        }
        if (next == from) {
            throw new LogDamagedException("The log is damaged: " + segment.file() + " ends before sequence " + from
                    + ", which was acknowledged. Stop the service and see run.md, \"The log is damaged\".");
        }
        return new Batch(events, next - 1);
    }

    private synchronized void remember(long sequence, Place place) {
        places.put(sequence, place);
    }

    private synchronized @Nullable Place remembered(long sequence) {
        return places.get(sequence);
    }

    /** An offset at or before the line of a sequence, at the start of a line. */
    private long place(Segment segment, long sequence) throws IOException {
        Place place = remembered(sequence);
        if (place != null && place.segmentFirst() == segment.first()) {
            return place.offset();
        }
        if (sequence == segment.first()) {
            return 0;
        }
        try (Disk.ReadableFile file = disk.openForRead(segment.file())) {
            return SegmentSearch.place(file, sequence);
        }
    }
}
