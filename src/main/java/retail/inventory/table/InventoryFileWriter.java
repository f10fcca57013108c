package retail.inventory.table;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the inventory files behind the log by half a second, on a thread of its own. After each file it rests nine times
 * as long as that took, so that rewriting never takes more than a tenth of the time, nor the disk for long at a stretch.
 */
public final class InventoryFileWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryFileWriter.class);
    private static final long PAUSE_MS = 500;
    private static final long REST_FACTOR = 9;
    private static final long NANOS_PER_MS = 1_000_000;

    private final InventoryFiles files;
    private final LongSupplier durable;
    private final Thread thread;
    private final Object pause = new Object();
    private boolean closed;
    private volatile String problem = "";

    /**
     * A writer that is not running yet.
     *
     * @param durable tells the durable sequence of the log
     */
    public InventoryFileWriter(InventoryFiles files, LongSupplier durable) {
        this.files = files;
        this.durable = durable;
        this.thread = Thread.ofPlatform().name("inventory-files").unstarted(this::run);
    }

    /** Starts writing. */
    public void start() {
        thread.start();
    }

    /** Why the last pass failed; empty when it did not. */
    public String problem() {
        return problem;
    }

    /** Writes what is left, when it was started, and stops. */
    @Override
    public void close() {
        if (!thread.isAlive()) {
            return;
        }
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
        while (restUnlessClosed(PAUSE_MS)) {
            pass();
        }
        pass();
    }

    private void pass() {
        try {
            files.save(durable, tookNanos -> restUnlessClosed(REST_FACTOR * tookNanos / NANOS_PER_MS));
            if (!problem.isEmpty()) {
                LOG.info("The inventory files can be written again");
                problem = "";
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The inventory files could not be written; the log has everything, trying again: {}", e.toString());
            problem = e.toString();
        }
    }

    private boolean restUnlessClosed(long ms) {
        long until = System.nanoTime() + ms * NANOS_PER_MS;
        synchronized (pause) {
            for (long left = ms; left > 0 && !closed; left = (until - System.nanoTime()) / NANOS_PER_MS) {
                try {
                    pause.wait(left);
                } catch (InterruptedException e) {
                    throw new AssertionError("nobody interrupts this thread", e);
                }
            }
            return !closed;
        }
    }
}
