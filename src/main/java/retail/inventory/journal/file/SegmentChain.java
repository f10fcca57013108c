package retail.inventory.journal.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.LogDamagedException;

/**
 * Checks that segments, read one after the other, tell one history: each was written under the same id as the one before it,
 * or names that one's as what it continues, as in a copy that was put back. Earlier versions wrote no headers: their
 * segments come first. Not thread-safe.
 */
final class SegmentChain {

    private @Nullable Segment before;
    private @Nullable SegmentHeader headerBefore;

    /**
     * Takes the next segment.
     *
     * @param followed whether there is another one behind it; the last one may have been cut off in its first line
     * @throws LogDamagedException when it does not belong here
     */
    void goesOn(Segment segment, SegmentScanner lines, boolean followed) throws IOException {
        SegmentHeader header = lines.header();
        if (header == null) {
            if (headerBefore != null && (followed || lines.hasWholeLine())) {
                throw new LogDamagedException("The log is damaged: " + segment.file()
                        + ", line 1, byte offset 0: it has" + " no header, or a damaged one. " + LogRecovery.wayOut());
            }
            return;
        }
        if (header.first() != segment.first()) {
            throw new LogDamagedException("The log is damaged: " + segment.file() + " says that it begins at sequence "
                    + header.first() + ": give it back the name it had.");
        }
        if (headerBefore != null && before != null && !header.follows(headerBefore)) {
            throw new LogDamagedException(segment.file() + " belongs to log " + header.logId() + ", " + before.file()
                    + " before it to log " + headerBefore.logId() + ": put the files of one log in their place.");
        }
        before = segment;
        headerBefore = header;
    }
}
