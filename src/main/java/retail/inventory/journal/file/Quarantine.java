package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        for (int i = 0; i < segments.size(); i++) {
            boolean last = i == segments.size() - 1;
            Segment segment = segments.get(i);
            long limit = last
                    ? Math.max(known, highestClaim(segment))
                    : segments.get(i + 1).first() - 1;
            mend(segment, limit, last);
        }
        disk.syncDirectory(directory);
        return repairs;
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

    private long highestClaim(Segment segment) throws IOException {
        long claim = 0;
        try (SegmentScanner lines = new SegmentScanner(disk, segment)) {
            while (lines.next()) {
                try {
                    claim = Math.max(claim, lines.decode(decoder).durableClaim());
                } catch (DamagedLineException seenToBelow) {
                    // mend() deals with it
                }
            }
        }
        return claim;
    }

    /** Rewrites a segment so that it has one whole line for each sequence up to {@code limit}. */
    private void mend(Segment segment, long limit, boolean last) throws IOException {
        LineEncoder mended = new LineEncoder();
        long expected = segment.first();
        long lost = 0;
        boolean changed = false;
        long unproven = -1;
        try (SegmentScanner lines = new SegmentScanner(disk, segment)) {
            while ((last || expected <= limit) && lines.next()) {
                Line line;
                try {
                    line = lines.decode(decoder);
                } catch (DamagedLineException e) {
                    if (expected > limit) {
                        unproven = lines.offset();
                        break; // a torn tail, which recovery cuts
                    }
                    keep(segment, lines, e.reason());
                    changed = true;
                    continue;
                }
                if (line.sequence() < expected) {
                    keep(segment, lines, "sequence " + line.sequence() + " is there already or out of order");
                    changed = true;
                    continue;
                }
                for (; expected < line.sequence() && expected <= limit; expected++, lost++) {
                    mended.quarantined(expected);
                }
                if (line.sequence() > expected) {
                    unproven = lines.offset();
                    break; // past the acknowledged events: a torn tail with a hole
                }
                mended.verbatim(lines.bytes());
                expected++;
            }
        }
        for (; expected <= limit; expected++, lost++) {
            mended.quarantined(expected);
        }
        if (changed || lost > 0) {
            keepUnproven(segment, unproven);
            LogIdentity.forget(disk, directory); // what was acknowledged and lost belongs to another history
            disk.replace(segment.file(), mended.bytes());
            String repair = lost + " acknowledged events of " + segment.file()
                    + " could not be read; what was found in their place is in the dead letters.";
            LOG.warn(repair);
            repairs.add(repair);
        }
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
