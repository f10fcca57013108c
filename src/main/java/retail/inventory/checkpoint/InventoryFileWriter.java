package retail.inventory.checkpoint;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.background.Age;
import retail.inventory.background.DiskBreaker;
import retail.inventory.background.PacedLoop;
import retail.inventory.files.DiskTrouble;
import retail.inventory.files.RoleLock;

/** Keeps the inventory files half a second behind the log, paced by what is written, on a thread of its own. */
public final class InventoryFileWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryFileWriter.class);
    private static final long PAUSE_MS = 500;

    private final InventoryFiles files;
    private final DiskBreaker breaker;
    private final RoleLock role;
    private final PacedLoop thread;
    private final Age age = new Age();
    private volatile LongSupplier durable = () -> 0;
    private volatile String problem = "";

    /**
     * A writer that is not running yet.
     *
     * @param breaker one for work that may be repeated
     */
    public InventoryFileWriter(InventoryFiles files, DiskBreaker breaker) {
        this(files, breaker, PAUSE_MS);
    }

    InventoryFileWriter(InventoryFiles files, DiskBreaker breaker, long pauseMs) {
        this(files, breaker, RoleLock.alone("files"), pauseMs);
    }

    /** The same, for one of several processes. */
    InventoryFileWriter(InventoryFiles files, DiskBreaker breaker, RoleLock role) {
        this(files, breaker, role, PAUSE_MS);
    }

    InventoryFileWriter(InventoryFiles files, DiskBreaker breaker, RoleLock role, long pauseMs) {
        this.files = files;
        this.breaker = breaker;
        this.role = role;
        this.thread = new PacedLoop("inventory-files", pauseMs, this::pass, this::lastPass);
    }

    /**
     * Starts writing.
     *
     * @param durableSequence tells the durable sequence of the log
     */
    public void start(LongSupplier durableSequence) {
        start(durableSequence, () -> {});
    }

    /**
     * Starts writing, or when another process writes the files, as soon as that one no longer does.
     *
     * @param durableSequence tells the durable sequence of the log
     * @param catchUp returns when the table has everything that was durable when it was called, whoever wrote it
     */
    public void start(LongSupplier durableSequence, Runnable catchUp) {
        durable = durableSequence;
        if (role.isHeld()) {
            thread.start();
        } else {
            role.standBy(() -> {
                catchUp.run();
                files.takeOver(durableSequence.getAsLong());
                thread.start();
            });
        }
    }

    /** Why the last pass failed; empty when it did not. */
    public String problem() {
        return problem.isEmpty() ? thread.problem() : problem;
    }

    /** How long ago the files last had all that was durable, in seconds; NaN while this process does not write them. */
    public double ageSeconds() {
        return age.seconds();
    }

    /** Writes what is left, when it was started, and stops. */
    @Override
    public void close() {
        thread.close();
    }

    /** Whatever the breaker says: there is no later. */
    private void lastPass() {
        try {
            files.save(durable, InventoryFiles.Pace.NONE);
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The inventory files could not be written at the end; the next start reads the log: {}",
                    e.toString());
        }
    }

    private void pass() {
        try {
            breaker.run(() -> files.save(durable, thread::restAfterWriting));
            age.restart();
            if (!problem.isEmpty()) {
                LOG.info("The inventory files can be written again");
                problem = "";
            }
        } catch (DiskBreaker.OpenException leftAlone) {
            // the log has everything; the rows stay due
        } catch (IOException | RuntimeException e) {
            if (!DiskTrouble.describe(e).equals(problem)) {
                LOG.warn(
                        "The inventory files could not be written; the log has everything, trying again: {}",
                        DiskTrouble.describe(e));
            }
            problem = DiskTrouble.describe(e);
        }
    }
}
