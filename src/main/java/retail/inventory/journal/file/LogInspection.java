package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.file.LineDecoder.DamagedLineException;
import retail.inventory.journal.file.LineDecoder.Line;

/**
 * Reads a whole log, from the oldest archived segment to its end, past all damage, and changes nothing. For a log that no process
 * writes meanwhile. What counts as damage, and what as the torn end of a log, is what a start makes of it
 * ({@link LogRecovery}).
 */
public final class LogInspection {

    private final Disk disk;
    private final Path directory;
    private final LineDecoder decoder = new LineDecoder();
    private final SegmentChain chain = new SegmentChain();
    private final Consumer<Event> reader;
    private final Consumer<String> damage;
    private final BiConsumer<Long, Long> progress;

    private long events;
    private long lost;
    private long expected;
    private long bytes;
    private long bytesTotal;
    private @Nullable String torn;
    private boolean afterDamage;

    /**
     * An inspection that has not begun.
     *
     * @param reader takes each event that can be read
     * @param damage takes what is wrong, a sentence each
     * @param progress is told of bytes, read and in all
     */
    public LogInspection(
            Disk disk,
            Path directory,
            Consumer<Event> reader,
            Consumer<String> damage,
            BiConsumer<Long, Long> progress) {
        this.disk = disk;
        this.directory = directory;
        this.reader = reader;
        this.damage = damage;
        this.progress = progress;
    }

    /**
     * What was read.
     *
     * @param first the oldest sequence there is; 1 when the log is whole
     * @param last the latest that can be read; 0 when there is none
     * @param events how many can be read
     * @param lost how many were given up earlier, by {@code --inventory.recovery=quarantine}
     * @param torn where the log ends in what no crash made durable, which the next start cuts off; null when it does not
     */
    public record Found(
            long first,
            long last,
            long events,
            long lost,
            @Nullable String torn) {}

    /**
     * Reads everything.
     *
     * @param known a sequence that something else proves to be durable
     */
    public Found read(long known) throws IOException {
        long proven = Math.max(known, DurableMark.read(disk, directory));
        List<Segment> segments = Segment.listAll(disk, directory, Segment.archiveOf(directory));
        for (Segment segment : segments) {
            bytesTotal += segment.size(disk);
        }
        for (int i = 0; i < segments.size(); i++) {
            boolean followed = i + 1 < segments.size();
            Segment segment = segments.get(i);
            try {
                long limit = followed
                        ? segments.get(i + 1).first() - 1
                        : Math.max(Math.max(proven, segment.first() - 1), segment.highestClaim(disk));
                read(segment, followed, limit);
            } catch (IOException | LogDamagedException e) {
                damage.accept(String.valueOf(e.getMessage()));
            }
            bytes += segment.size(disk);
            progress.accept(bytes, bytesTotal);
        }
        long last = Math.max(0, expected - 1);
        if (proven > last) {
            damage.accept("The log ends at sequence " + last + ", but " + proven + " was acknowledged");
        }
        return new Found(segments.isEmpty() ? 0 : segments.getFirst().first(), last, events, lost, torn);
    }

    /** Up to which sequence positions in a history are positions in this log; see {@code EventFeed.holdsThrough}. */
    public long holdsThrough(String logId) {
        try {
            return LogIdentity.holdsThrough(disk, directory, logId);
        } catch (LogDamagedException | LogUnavailableException e) {
            return Long.MAX_VALUE; // what is wrong with the log is told when it is read
        }
    }

    /** Events past the limit are void when another segment follows, else not proven durable: the first damage ends the log. */
    private void read(Segment segment, boolean followed, long limit) throws IOException {
        expected = segment.first();
        try (SegmentScanner lines = new SegmentScanner(disk, segment)) {
            try {
                chain.goesOn(segment, lines, followed);
            } catch (LogDamagedException e) {
                damage.accept(String.valueOf(e.getMessage())); // the lines may be right all the same
            }
            while ((!followed || expected <= limit) && lines.next()) {
                try {
                    take(lines.decode(decoder), segment, lines, limit);
                } catch (DamagedLineException e) {
                    String where = segment.file() + ", line " + lines.lineNumber() + ", byte offset " + lines.offset();
                    if (expected > limit && !lines.isDamagedHeader()) {
                        torn = where + ": " + e.reason();
                        return;
                    }
                    damage.accept(where + ", where sequence " + expected + " should be: " + e.reason());
                    afterDamage = true;
                }
                progress.accept(bytes + lines.consumed(), bytesTotal);
            }
        }
        if (followed && expected <= limit) {
            damage.accept(segment.file() + " ends at sequence " + (expected - 1) + ", but the next segment begins at "
                    + (limit + 1));
        }
    }

    private void take(Line line, Segment segment, SegmentScanner lines, long limit) throws DamagedLineException {
        if (line.sequence() != expected) {
            if (expected > limit || line.sequence() < expected) {
                throw new DamagedLineException("it has sequence " + line.sequence());
            }
            if (!afterDamage) {
                damage.accept(segment.file() + ", line " + lines.lineNumber() + ": sequences " + expected + " to "
                        + (line.sequence() - 1) + " are missing before it");
            }
        }
        afterDamage = false;
        expected = line.sequence() + 1;
        Event event = line.event();
        if (event == null) {
            lost++;
        } else {
            events++;
            reader.accept(event);
        }
    }
}
