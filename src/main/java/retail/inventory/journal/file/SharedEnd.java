package retail.inventory.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import retail.inventory.files.ProcessMutex;
import retail.inventory.journal.Appended;
import retail.inventory.journal.CommitQueue;
import retail.inventory.journal.PendingAppend;

/**
 * The end of a log that several processes write, one at a time. Who is inside first reads what the others made durable,
 * then drops what no longer follows from it, then goes on right after it: the sequences of all are one series without
 * gap, and a process that was stopped anywhere, for however long, can only be told that it is too late.
 */
final class SharedEnd implements LogEnd {

    private final ProcessMutex mutex;
    private final PeerEvents others;
    private final SegmentWriter segments;
    private final DurableEvents durable;
    private final CommitQueue queue;

    SharedEnd(ProcessMutex mutex, PeerEvents others, SegmentWriter segments, DurableEvents durable, CommitQueue queue) {
        this.mutex = mutex;
        this.others = others;
        this.segments = segments;
        this.durable = durable;
        this.queue = queue;
    }

    @Override
    public void atEnd(Work work) throws IOException {
        mutex.inside(() -> {
            others.whileKnown(work);
            return null;
        });
    }

    /** An answer may take away what later ones were decided on, so each is asked after the answers before it. */
    @Override
    public List<PendingAppend> standing(List<PendingAppend> batch) {
        List<PendingAppend> standing = new ArrayList<>(batch.size());
        for (PendingAppend pending : batch) {
            if (pending.submitter().stands()) {
                standing.add(pending);
            } else {
                queue.forget(pending);
                pending.tell(new Appended.Conflict(null));
            }
        }
        return standing;
    }

    @Override
    public void commit(LineEncoder lines, long first, long last) throws IOException {
        segments.findEnd(durable);
        segments.commitShared(lines.bytes(), first, last);
    }
}
