package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.file.LineDecoder.DamagedLineException;
import retail.inventory.journal.file.LineDecoder.Line;

/**
 * Makes a damaged log readable again, on the operator's word ({@code --inventory.recovery=quarantine}): damaged bytes
 * go to the dead letters, and a QUARANTINED line takes the place of each acknowledged event that cannot be read.
 */
final class Quarantine {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Disk disk;
    private final Path directory;
    private final DeadLetters deadLetters;
    private final LineDecoder decoder = new LineDecoder();
    private final List<String> repairs = new ArrayList<>();

    Quarantine(Disk disk, Path directory, DeadLetters deadLetters) {
        this.disk = disk;
        this.directory = directory;
        this.deadLetters = deadLetters;
    }

    /** Mends every segment that needs it; what was done, one sentence each. */
    List<String> mend(long acknowledged) throws IOException {
        List<Segment> segments = Segment.list(disk, directory);
        long known = Math.max(acknowledged, DurableMark.read(disk, directory));
        List<Segment> archived = Segment.listArchived(disk, Segment.archiveOf(directory));
        if (!segments.isEmpty()
                && !archived.isEmpty()
                && archived.getLast().first() > segments.getLast().first()) {
            return repairs; // an old copy of the log, which recovery refuses
        }
        if (segments.isEmpty() && (known > 0 || !archived.isEmpty())) {
            long archivedEnd = archived.isEmpty() ? 0 : lastSequence(archived.getLast());
            segments = List.of(Segment.startingAt(archivedEnd + 1, directory));
            disk.openForWrite(segments.getFirst().file()).close();
        }
        SegmentHeader before = headerBefore(segments, archived);
        for (int i = 0; i < segments.size(); i++) {
            boolean last = i == segments.size() - 1;
            Segment segment = segments.get(i);
            long limit = last
                    ? Math.max(known, segment.highestClaim(disk))
                    : segments.get(i + 1).first() - 1;
            before = mend(segment, limit, before, last ? null : segments.get(i + 1));
        }
        disk.syncDirectory(directory);
        return repairs;
    }

    private @Nullable SegmentHeader headerBefore(List<Segment> segments, List<Segment> archived) throws IOException {
        Segment before = null;
        for (Segment one : archived) {
            before = !segments.isEmpty() && one.first() < segments.getFirst().first() ? one : before;
        }
        return before == null ? null : before.header(disk);
    }

    private long lastSequence(Segment archived) throws IOException {
        long last = archived.first() - 1;
        try (SegmentScanner lines = new SegmentScanner(disk, archived)) {
            while (lines.next()) {
                last = lines.decode(decoder).sequence();
            }
        } catch (DamagedLineException e) {
            throw new IOException(archived.file() + " is damaged: put it back from a copy", e);
        }
        return last;
    }

    /** Rewrites a segment so that it has a header and one whole line for each sequence up to a limit; the header. */
    private @Nullable SegmentHeader mend(
            Segment segment, long limit, @Nullable SegmentHeader before, @Nullable Segment next) throws IOException {
        Mending mending = new Mending(segment, limit);
        SegmentHeader header;
        try (SegmentScanner lines = new SegmentScanner(disk, segment)) {
            header = lines.header();
            while ((next == null || mending.expected <= limit) && mending.takes(lines)) {}
        }
        mending.fill(limit + 1);
        boolean headerIsDue = header == null && (mending.damagedHeader || before != null);
        if (headerIsDue) {
            header = new HeaderRepair(disk, directory).of(segment, before, next);
        }
        if (mending.changed || mending.lost > 0) {
            LogIdentity.forget(disk, directory); // what was acknowledged and lost belongs to another history
        }
        if (mending.changed || mending.lost > 0 || headerIsDue) {
            keepUnproven(segment, mending.unproven);
            replace(segment, header, mending.mended);
            String repair = mending.lost + " acknowledged events of " + segment.file()
                    + " could not be read; what was found in their place is in the dead letters.";
            LOG.warn(repair);
            repairs.add(repair);
        }
        return header;
    }

    /** What becomes of a segment. */
    private final class Mending {
        private final Segment segment;
        private final long limit;
        private final LineEncoder mended = new LineEncoder();
        private long expected;
        private long lost;
        private boolean changed;
        private boolean damagedHeader;
        private long unproven = -1;

        private Mending(Segment segment, long limit) {
            this.segment = segment;
            this.limit = limit;
            this.expected = segment.first();
        }

        /** Takes the next line; false when none that may be taken is left. */
        private boolean takes(SegmentScanner lines) throws IOException {
            if (!lines.next()) {
                return false;
            }
            Line line;
            try {
                line = lines.decode(decoder);
            } catch (DamagedLineException e) {
                return leavesOut(lines, e.reason());
            }
            if (line.sequence() < expected) {
                keep(segment, lines, "sequence " + line.sequence() + " is there already or out of order");
                changed = true;
                return true;
            }
            fill(Math.min(line.sequence(), limit + 1));
            if (line.sequence() > expected) {
                unproven = lines.offset(); // past the acknowledged events: a torn tail with a hole
                return false;
            }
            mended.verbatim(lines.bytes());
            expected++;
            return true;
        }

        private boolean leavesOut(SegmentScanner lines, String reason) throws IOException {
            if (lines.isDamagedHeader()) {
                damagedHeader = true;
            } else if (expected > limit) {
                unproven = lines.offset(); // a torn tail, which recovery cuts
                return false;
            } else {
                changed = true;
            }
            keep(segment, lines, reason);
            return true;
        }

        /** Has a line stand for each event that is missing before a sequence. */
        private void fill(long end) {
            for (; expected < end; expected++, lost++) {
                mended.quarantined(expected);
            }
        }
    }

    private void replace(Segment segment, @Nullable SegmentHeader header, LineEncoder lines) throws IOException {
        LineEncoder content = new LineEncoder();
        if (header != null) {
            content.verbatim(header.encode());
        }
        content.append(lines);
        disk.replace(segment.file(), content.bytes());
    }

    private void keepUnproven(Segment segment, long from) throws IOException {
        if (from >= 0) {
            byte[] content = disk.read(segment.file());
            deadLetters.keep(
                    "it was never acknowledged and stands behind damage",
                    segment.file().getFileName() + ", byte offset " + from,
                    Arrays.copyOfRange(content, (int) from, Segment.lengthWithoutRoom(content)));
        }
    }

    private void keep(Segment segment, SegmentScanner lines, String reason) throws IOException {
        String place =
                segment.file().getFileName() + ", line " + lines.lineNumber() + ", byte offset " + lines.offset();
        deadLetters.keep(reason, place, lines.bytes());
    }
}
