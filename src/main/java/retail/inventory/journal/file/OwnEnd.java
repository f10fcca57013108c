package retail.inventory.journal.file;

import java.io.IOException;
import java.util.List;

/** The end of a log that only this process writes. */
record OwnEnd(SegmentWriter segments) implements LogEnd {

    @Override
    public void atEnd(Work work) throws IOException {
        work.run();
    }

    @Override
    public List<Pending> standing(List<Pending> batch) {
        return batch;
    }

    @Override
    public void commit(LineEncoder lines, long first, long last) throws IOException {
        segments.commit(lines.bytes(), first, last);
    }
}
