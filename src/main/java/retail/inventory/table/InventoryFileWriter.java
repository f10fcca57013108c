package retail.inventory.table;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the inventory files behind the log by half a second, on a thread of its own. After a pass that took long it
 * rests nine times as long, so that rewriting never takes more than a tenth of the time.
 */
public final class InventoryFileWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryFileWriter.class);
    private static final long PAUSE_MS = 500;
    private static final long REST_FACTOR = 9;

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
        long restMs = PAUSE_MS;
        while (waitOrClosed(restMs)) {
            restMs = Math.max(PAUSE_MS, REST_FACTOR * pass());
        }
        pass();
    }

    /** One pass; how long it took, in milliseconds. */
    private long pass() {
        long start = System.nanoTime();
        try {
            files.save(durable);
            if (!problem.isEmpty()) {
                LOG.info("The inventory files can be written again");
                problem = "";
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The inventory files could not be written; the log has everything, trying again: {}", e.toString());
            problem = e.toString();
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    private boolean waitOrClosed(long ms) {
        long until = System.nanoTime() + ms * 1_000_000;
        synchronized (pause) {
            for (long left = ms; left > 0 && !closed; left = (until - System.nanoTime()) / 1_000_000) {
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
