package retail.inventory.journal.file;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import retail.inventory.files.Disk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogAge;
import retail.inventory.journal.LogDamagedException;

/**
 * The segment that a start begins to read with.
 *
 * @param segments all there are, oldest first
 * @param oldestInLog the oldest that is not in the archive
 * @param keysFrom the first event whose key may live, when that is known ({@link KeysMark})
 */
record FirstNeeded(Disk disk, List<Segment> segments, Segment oldestInLog, long keysFrom) {

    /** Each leap of the clock that is allowed for may cost the reading of a segment more. */
    private static final int LEAPS_MAX = 1;

    /** The index of the latest that has the event after a sequence, and before which no event is as young as keys live. */
    int find(long after, Duration keysLive) throws IOException {
        int index = segments.size() - 1;
        while (index > 0 && segments.get(index).first() > after + 1) {
            index--;
        }
        long oldest = segments.get(index).first();
        if (oldest > after + 1) {
            throw new LogDamagedException("The log begins at sequence " + oldest + " in "
                    + segments.get(index).file() + ", but the events from " + (after + 1)
                    + " on are needed: put the older segment files back into archive/ or wal/, or restore all of"
                    + " inventory/ from a copy.");
        }
        return Math.min(index, firstWithKeys(keysLive));
    }

    /**
     * What is in the archive has no key that lives: it was let go of by a process that knew by elapsed time that they were
     * over. A first line that cannot be read says nothing about time: the segment before is read too, which is harmless.
     */
    private int firstWithKeys(Duration keysLive) throws IOException {
        int index = segments.size() - 1;
        LogAge age = null;
        while (segments.get(index).first() > oldestInLog.first()) {
            if (keysFrom != KeysMark.UNKNOWN && segments.get(index).first() <= keysFrom) {
                return index;
            }
            Event first = keysFrom == KeysMark.UNKNOWN ? segments.get(index).firstEvent(disk) : null;
            if (first != null) {
                age = age == null ? new LogAge(first.atMs(), LEAPS_MAX) : age;
                if (age.before(first.atMs()) >= keysLive.toMillis()) {
                    return index;
                }
            }
            index--;
        }
        return index;
    }
}
