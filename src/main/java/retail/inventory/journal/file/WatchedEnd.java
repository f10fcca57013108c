package retail.inventory.journal.file;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.journal.BatchObserver;
import retail.inventory.journal.file.CommitQueue.Pending;

/** The end of a log, watched by somebody who is told how long each batch took. */
final class WatchedEnd implements LogEnd {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedEnd.class);

    private final LogEnd end;
    private final BatchObserver observer;

    private WatchedEnd(LogEnd end, BatchObserver observer) {
        this.end = end;
        this.observer = observer;
    }

    /** The end itself when nobody watches. */
    static LogEnd of(LogEnd end, BatchObserver observer) {
        return observer.equals(BatchObserver.NONE) ? end : new WatchedEnd(end, observer);
    }

    @Override
    public void atEnd(Work work) throws IOException {
        end.atEnd(work);
    }

    @Override
    public List<Pending> standing(List<Pending> batch) {
        return end.standing(batch);
    }

    @Override
    public void commit(LineEncoder lines, long first, long last) throws IOException {
        long start = System.nanoTime();
        end.commit(lines, first, last);
        try {
            observer.durable(first, last, System.nanoTime() - start);
        } catch (RuntimeException | Error e) { // what is durable must not be called failed
            LOG.error("Whoever watches the log failed", e);
        }
    }
}
