package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.file.LineDecoder.DamagedLineException;
import retail.inventory.journal.file.LineDecoder.Line;

/** Reads the log at start and tells a torn tail from damage; the rules stand in the package's documentation. */
final class LogRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);
    private static final long PROGRESS_EVERY_NANOS = 2_000_000_000L;

    private final Disk disk;
    private final Path directory;
    private final Path archive;
    private final long limit;
    private final LineDecoder decoder = new LineDecoder();
    private final SegmentChain history = new SegmentChain();
    private final List<String> repairs = new ArrayList<>();

    private long durable;
    private long events;
    private long bytes;
    private long bytesTotal;
    private long lastProgressNanos = System.nanoTime();

    LogRecovery(Disk disk, Path directory, Path archive) {
        this(disk, directory, archive, Long.MAX_VALUE);
    }

    /** One that reads no further than a sequence which is durable, so that it never meets the log's end nor repairs it. */
    LogRecovery(Disk disk, Path directory, Path archive, long limit) {
        this.disk = disk;
        this.directory = directory;
        this.archive = archive;
        this.limit = limit;
    }

    /**
     * Where the log goes on.
     *
     * @param last the latest event, whole but perhaps not durable yet
     * @param durable the latest event that is proven durable
     * @param segment where it was found; null when there is no log yet
     * @param header of that segment; null when it has none
     * @param end the offset at which the lines end in it; behind that is room, or nothing
     * @param clean whether the segment ends with {@code last} and all of it is durable, so that it can be appended to
     * @param tail the lines after {@code durable}
     */
    record Tail(
            long last,
            long durable,
            @Nullable Segment segment,
            @Nullable SegmentHeader header,
            long end,
            boolean clean,
            List<byte[]> tail) {}

    /** Hands over the events a start needs (see {@code EventLog.open}) and finds the end of the log. */
    Tail read(long after, Duration keysLive, Consumer<Event> reader) throws IOException {
        durable = Math.min(limit, Math.max(after, DurableMark.read(disk, directory)));
        List<Segment> segments = Segment.listAll(disk, directory, archive);
        List<Segment> inLog = Segment.list(disk, directory);
        long archived = segments.isEmpty() ? 0 : segments.getLast().first();
        if (inLog.isEmpty()) {
            requireNothingLost(Math.max(durable, archived), 0, "there is no segment in " + directory);
            return new Tail(0, 0, null, null, 0, false, List.of());
        }
        if (archived > inLog.getLast().first()) { // it would be taken for the segment to append to
            throw new LogDamagedException("The log is older than the archive, which has "
                    + segments.getLast().file() + ": put the missing segment files back.");
        }
        FirstNeeded needed = new FirstNeeded(disk, segments, inLog.getFirst(), new KeysMark(disk, directory).read());
        int from = needed.find(after, keysLive);
        for (int i = from; i < segments.size(); i++) {
            bytesTotal += segments.get(i).size(disk);
        }
        for (int i = from; i < segments.size() - 1; i++) {
            readComplete(segments.get(i), segments.get(i + 1).first() - 1, reader);
        }
        Tail tail = readLast(segments.getLast(), reader);
        requireNothingLost(durable, tail.last(), "the log ends in " + tail.segment());
        return tail;
    }

    long events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    List<String> repairs() {
        return repairs;
    }

    private static void requireNothingLost(long known, long last, String where) {
        if (known > last) {
            throw new LogDamagedException("The log ends at sequence " + last + ", but " + known
                    + " was acknowledged (" + where + "): put the missing segment files back, or start once with"
                    + " --inventory.recovery=quarantine to go on without the missing events.");
        }
    }

    /** A segment that another one follows: all its events were acknowledged. */
    private void readComplete(Segment segment, long limit, Consumer<Event> reader) throws IOException {
        durable = Math.max(durable, limit);
        long expected = segment.first();
        try (SegmentScanner lines = new SegmentScanner(disk, segment)) {
            history.goesOn(segment, lines, true);
            while (expected <= limit && lines.next()) {
                Line line = decodeOrRefuse(segment, lines, expected);
                hand(line, reader, lines);
                expected++;
            }
            bytes += lines.consumed();
        }
        if (expected <= limit) {
            throw new LogDamagedException(
                    segment.file() + " ends at sequence " + (expected - 1) + ", but the next segment begins at "
                            + (limit + 1) + ": the events between them are missing. " + wayOut());
        }
    }

    private Tail readLast(Segment segment, Consumer<Event> reader) throws IOException {
        durable = Math.max(durable, segment.first() - 1);
        List<byte[]> unproven = new ArrayList<>();
        long expected = segment.first();
        try (SegmentScanner lines = new SegmentScanner(disk, segment)) {
            history.goesOn(segment, lines, false);
            boolean torn = false;
            while (!torn && expected <= limit && lines.next()) {
                try {
                    Line line = decode(lines, expected);
                    if (line.durableClaim() > durable) {
                        durable = line.durableClaim();
                        unproven.clear();
                    }
                    hand(line, reader, lines);
                    if (expected > durable) {
                        unproven.add(lines.bytes());
                    }
                    expected++;
                } catch (DamagedLineException e) {
                    if (lines.isDamagedHeader()) {
                        throw damaged(segment, lines.lineNumber(), lines.offset(), expected, e);
                    }
                    requireUnacknowledged(segment, lines, expected, e);
                    torn = true;
                }
            }
            bytes += lines.consumed();
            boolean clean = !torn && unproven.isEmpty();
            return new Tail(
                    expected - 1,
                    Math.min(durable, expected - 1),
                    segment,
                    lines.header(),
                    lines.consumed(),
                    clean,
                    unproven);
        }
    }

    /** The line is torn when nothing proves that it was acknowledged: not the mark, and no line after it. */
    private void requireUnacknowledged(
            Segment segment, SegmentScanner lines, long expected, DamagedLineException damage) throws IOException {
        long number = lines.lineNumber();
        long offset = lines.offset();
        long proven = durable;
        while (lines.next()) {
            try {
                proven = Math.max(proven, lines.decode(decoder).durableClaim());
            } catch (DamagedLineException alsoTorn) {
                // it proves nothing
            }
        }
        if (proven >= expected) {
            throw damaged(segment, number, offset, expected, damage);
        }
        String repair = TornTail.cutOff(disk, segment, offset, expected - 1, damage.reason());
        LOG.warn(repair);
        repairs.add(repair);
    }

    private Line decodeOrRefuse(Segment segment, SegmentScanner lines, long expected) {
        try {
            return decode(lines, expected);
        } catch (DamagedLineException e) {
            throw damaged(segment, lines.lineNumber(), lines.offset(), expected, e);
        }
    }

    private Line decode(SegmentScanner lines, long expected) throws DamagedLineException {
        Line line = lines.decode(decoder);
        if (line.sequence() != expected) {
            throw new DamagedLineException("it has sequence " + line.sequence() + " instead of " + expected);
        }
        return line;
    }

    private static LogDamagedException damaged(
            Segment segment, long number, long offset, long expected, DamagedLineException e) {
        return new LogDamagedException("The log is damaged: " + segment.file() + ", line " + number + ", byte offset "
                + offset + ", where sequence " + expected + " should be: " + e.reason() + ". " + wayOut());
    }

    static String wayOut() {
        return "Put the file back from a copy, or start once with --inventory.recovery=quarantine to keep the damaged"
                + " bytes in the dead letters and go on without the event.";
    }

    private void hand(Line line, Consumer<Event> reader, SegmentScanner lines) {
        events++;
        Event event = line.event();
        if (event != null) {
            reader.accept(event);
        }
        long now = (events & 0xfff) == 0 ? System.nanoTime() : lastProgressNanos;
        if (now - lastProgressNanos > PROGRESS_EVERY_NANOS) {
            lastProgressNanos = now;
            LOG.info(
                    "Recovering: {} events, {} % of {} MiB read",
                    events, 100 * (bytes + lines.consumed()) / Math.max(1, bytesTotal), bytesTotal >> 20);
        }
    }
}
