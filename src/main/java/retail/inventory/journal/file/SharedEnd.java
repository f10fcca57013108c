package retail.inventory.journal.file;

import java.io.IOException;
import retail.inventory.files.ProcessMutex;

/**
 * The end of a log that several processes write, one at a time. Who is inside first takes in what the others made durable,
 * which decides again what does not follow from it, then goes on right after it: the sequences of all are one series without
 * gap, and a process that was stopped anywhere, for however long, writes nothing that is out of date.
 */
record SharedEnd(ProcessMutex mutex, PeerEvents others, SegmentWriter segments, DurableEvents durable)
        implements LogEnd {

    @Override
    public void atEnd(Work work) throws IOException {
        mutex.inside(() -> {
            others.whileKnown(work);
            return null;
        });
    }

    @Override
    public void undisturbed(Runnable work) {
        others.undisturbed(work);
    }

    @Override
    public void commit(LineEncoder lines, long first, long last) throws IOException {
        segments.findEnd(durable);
        segments.commitShared(lines.bytes(), first, last);
    }
}
