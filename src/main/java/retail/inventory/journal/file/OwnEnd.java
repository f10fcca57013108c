package retail.inventory.journal.file;

import java.io.IOException;
import java.util.List;
import retail.inventory.journal.PendingAppend;

/** The end of a log that only this process writes. */
record OwnEnd(SegmentWriter segments) implements LogEnd {

    @Override
    public void atEnd(Work work) throws IOException {
        work.run();
    }

    @Override
    public List<PendingAppend> standing(List<PendingAppend> batch) {
        return batch;
    }

    @Override
    public void commit(LineEncoder lines, long first, long last) throws IOException {
        segments.commit(lines.bytes(), first, last);
    }
}
