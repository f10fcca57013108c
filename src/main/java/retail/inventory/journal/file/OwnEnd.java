package retail.inventory.journal.file;

import java.io.IOException;

/** The end of a log that only this process writes. */
record OwnEnd(SegmentWriter segments) implements LogEnd {

    @Override
    public void atEnd(Work work) throws IOException {
        work.run();
    }

    @Override
    public void undisturbed(Runnable work) {
        work.run();
    }

    @Override
    public void commit(LineEncoder lines, long first, long last) throws IOException {
        segments.commit(lines.bytes(), first, last);
    }

    @Override
    public void probe(long first) throws IOException {
        segments.probe(first);
    }

    @Override
    public void close() throws IOException {
        segments.close();
    }
}
