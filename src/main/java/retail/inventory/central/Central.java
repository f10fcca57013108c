package retail.inventory.central;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.central.CentralUnavailableException.Reason;
import retail.inventory.files.RoleLock;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;

/** The central copy as one thing: starts it from snapshot and log, and stops it. */
public final class Central implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Central.class);

    private final CentralInventory view;
    private final SyncWorker worker;
    private final SnapshotWriter writer;
    private final CentralDeadLetters letters;
    private final CentralRecovery recovery;
    private final RoleLock role;
    private volatile boolean standingBy;
    private volatile boolean started;

    Central(
            CentralInventory view,
            SyncWorker worker,
            SnapshotWriter writer,
            CentralDeadLetters letters,
            CentralRecovery recovery,
            RoleLock role) {
        this.view = view;
        this.worker = worker;
        this.writer = writer;
        this.letters = letters;
        this.recovery = recovery;
        this.role = role;
    }

    /** Begins to read the newest snapshot, on a thread of its own, while others start; {@link #start} goes on from there. */
    public void readAhead() {
        if (role.isHeld()) { // or another process will have written later ones
            recovery.readAhead();
        }
    }

    /**
     * Loads the newest whole snapshot and follows the log from there; everything that is durable now is in the view when
     * this returns. When the log no longer goes back far enough, the stores' own records are the beginning.
     *
     * <p>When another process has the central view, this one stands by, and does the same when that one has ended.
     *
     * @param rebuild whether to forget the snapshots first
     * @param whenStarted is run when queries can be answered
     * @throws LogUnavailableException when the storage fails
     */
    public void start(boolean rebuild, Runnable whenStarted) {
        if (role.isHeld()) {
            begin(rebuild);
            whenStarted.run();
            return;
        }
        if (rebuild) {
            LOG.warn("The central view is not rebuilt: another process has it");
        }
        standingBy = true;
        role.standBy(() -> {
            begin(false);
            whenStarted.run();
        });
    }

    void start(boolean rebuild) {
        start(rebuild, () -> {});
    }

    /** May be tried again when it fails: no thread is started before nothing can fail any more. */
    private void begin(boolean rebuild) {
        long start = System.nanoTime();
        CentralRecovery.Begun begun;
        try {
            letters.belongTo(worker.feed());
            letters.load();
            begun = recovery.fill(rebuild);
        } catch (IOException e) {
            throw new LogUnavailableException(Cause.STORAGE_FAILED, "The central view's files cannot be read: " + e);
        }
        for (long id : letters.needs().resolvedSince(begun.from())) {
            String trouble = worker.replay(id);
            if (trouble != null) {
                LOG.warn(
                        "The event of the resolved dead letter {} cannot be applied again: {}",
                        value("sequence", id),
                        trouble);
            }
        }
        worker.beginAt(begun.from());
        catchUp();
        recovery.requireNotClosed();
        worker.start();
        writer.start(begun.from());
        started = true;
        if (worker.position() > 0) {
            LOG.info(summary(begun, System.nanoTime() - start), value("sequence", worker.position()));
        }
    }

    private String summary(CentralRecovery.Begun begun, long tookNanos) {
        return String.format(
                Locale.ROOT,
                "Central view: %,d SKUs through sequence %,d in %.2f s, %s (%,d events read)",
                view.size(),
                worker.position(),
                tookNanos / 1e9,
                begun.source(),
                worker.position() - begun.from());
    }

    private void catchUp() {
        try {
            worker.sync();
        } catch (DeadLettersFullException full) {
            LOG.warn(
                    "The central view starts though it is not complete"); // the worker tries on, and says why it cannot
        } catch (EventsGoneException e) {
            throw new LogUnavailableException(
                    Cause.STORAGE_FAILED,
                    "The log was compacted while it was read (" + e.getMessage() + "): start again");
        }
    }

    /** Whether queries can be answered. */
    public boolean isStarted() {
        return started;
    }

    /** Whether another process has the central view, or had it until a moment ago. */
    public boolean isStandingBy() {
        return standingBy && !started;
    }

    /**
     * Refuses while the view is not there yet.
     *
     * @throws CentralUnavailableException with a sentence on it
     */
    public void requireStarted() {
        if (!started) {
            throw new CentralUnavailableException(
                    Reason.STARTING,
                    standingBy
                            ? "another process on this data directory has the central view, this one stands by"
                            : "the central view is still reading its data");
        }
    }

    /**
     * Applies everything that is durable now, by hand.
     *
     * @throws CentralUnavailableException when it is not there yet, or the storage fails
     */
    public SyncWorker.Synced sync() {
        requireStarted();
        try {
            return worker.sync();
        } catch (LogUnavailableException | LogDamagedException | UncheckedIOException | DeadLettersFullException e) {
            throw storageFailed(e);
        }
    }

    /**
     * Applies the event of a dead letter again, after what was wrong has been mended.
     *
     * @return null when it is applied and the letter gone; else why not
     * @throws CentralUnavailableException when the storage fails
     */
    public @Nullable String replay(Letter letter) {
        try {
            String trouble = worker.replay(letter.id());
            if (trouble == null) {
                letters.resolve(letter.id(), worker.position());
            }
            return trouble;
        } catch (LogUnavailableException | LogDamagedException | UncheckedIOException e) {
            throw storageFailed(e);
        }
    }

    private static CentralUnavailableException storageFailed(RuntimeException e) {
        return new CentralUnavailableException(Reason.STORAGE_FAILED, String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        recovery.close();
        worker.close(); // also after a start that failed half way: its thread would keep the process alive
        writer.close();
    }
}
