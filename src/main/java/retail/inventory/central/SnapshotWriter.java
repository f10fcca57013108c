package retail.inventory.central;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a snapshot of the central view when enough events have come since the last one, on a thread of its own, and
 * rests nine times as long as it worked: never more than a tenth of the time goes into snapshots.
 */
final class SnapshotWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final long LOOK_EVERY_MS = 1000;
    private static final long REST_FACTOR = 9;

    private final CentralSnapshots snapshots;
    private final CentralInventory view;
    private final SyncWorker worker;
    private final long everyEvents;
    private final Thread thread = Thread.ofPlatform().name("central-snapshots").unstarted(this::run);
    private final Object pause = new Object();
    private boolean closed;
    private long written;
    private final AtomicLong count = new AtomicLong();
    private volatile String problem = "";

    SnapshotWriter(CentralSnapshots snapshots, CentralInventory view, SyncWorker worker, long everyEvents) {
        this.snapshots = snapshots;
        this.view = view;
        this.worker = worker;
        this.everyEvents = everyEvents;
    }

    /** Starts, with a snapshot through this sequence in place. */
    void start(long from) {
        written = from;
        thread.start();
    }

    /** How many were written since the start. */
    long count() {
        return count.get();
    }

    /** Why the last try failed; empty when it did not. */
    String problem() {
        return problem;
    }

    /** Writes the last one and stops. */
    @Override
    public void close() {
        synchronized (pause) {
            closed = true;
            pause.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (restUnlessClosed(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MS))) {
            if (worker.position() - written >= everyEvents) {
                write();
            }
        }
        if (worker.position() > written) {
            write();
        }
    }

    private void write() {
        long through = worker.position();
        try {
            snapshots.save(view, through, tookNanos -> restUnlessClosed(REST_FACTOR * tookNanos));
            written = through;
            count.incrementAndGet();
            problem = "";
        } catch (IOException | RuntimeException e) {
            problem = e.toString();
            LOG.warn("A snapshot of the central view could not be written; trying again: {}", problem);
        }
    }

    private boolean restUnlessClosed(long nanos) {
        long until = System.nanoTime() + nanos;
        synchronized (pause) {
            for (long left = nanos; left > 0 && !closed; left = until - System.nanoTime()) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(pause, left);
                } catch (InterruptedException e) {
                    throw new AssertionError("nobody interrupts this thread", e);
                }
            }
            return !closed;
        }
    }
}
