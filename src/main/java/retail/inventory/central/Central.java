package retail.inventory.central;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;

/** The central copy as one thing: starts it from snapshot and log, and stops it. */
public final class Central implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Central.class);

    private final CentralInventory view;
    private final SyncWorker worker;
    private final CentralSnapshots snapshots;
    private final SnapshotWriter writer;
    private final CentralDeadLetters letters;
    private final EventFeed feed;
    private volatile boolean started;

    Central(
            CentralInventory view,
            SyncWorker worker,
            CentralSnapshots snapshots,
            SnapshotWriter writer,
            CentralDeadLetters letters,
            EventFeed feed) {
        this.view = view;
        this.worker = worker;
        this.snapshots = snapshots;
        this.writer = writer;
        this.letters = letters;
        this.feed = feed;
    }

    /**
     * Loads the newest whole snapshot and follows the log from there; everything that is durable now is in the view when
     * this returns.
     *
     * @param rebuild whether to forget the snapshots and read the whole log
     * @throws LogUnavailableException when the storage fails
     * @throws EventsGoneException when the log no longer has what the snapshot needs
     */
    public void start(boolean rebuild) {
        long from;
        try {
            letters.load();
            if (rebuild) {
                snapshots.deleteAll();
                LOG.info("Rebuilding the central view from the log");
            }
            snapshots.putAsideBeyond(feed.durableSequence());
            from = snapshots.load(view);
        } catch (IOException e) {
            throw new LogUnavailableException(Cause.STORAGE_FAILED, "The central snapshots cannot be read: " + e);
        }
        for (long id : letters.resolvedBefore()) {
            String trouble = id <= from ? worker.replay(id) : null;
            if (trouble != null) {
                LOG.warn("The event of the resolved dead letter {} cannot be applied again: {}", id, trouble);
            }
        }
        worker.start(from);
        worker.sync();
        writer.start(from);
        started = true;
    }

    /** Whether queries can be answered. */
    public boolean isStarted() {
        return started;
    }

    /**
     * Refuses while the view is not there yet.
     *
     * @throws CentralUnavailableException with a sentence on it
     */
    public void requireStarted() {
        if (!started) {
            throw new CentralUnavailableException("the central view is still reading its data");
        }
    }

    /**
     * Applies the event of a dead letter again, after what was wrong has been mended.
     *
     * @return null when it is applied and the letter gone; else why not
     */
    public @Nullable String replay(Letter letter) {
        String trouble = worker.replay(letter.id());
        if (trouble == null) {
            letters.resolve(letter.id());
        }
        return trouble;
    }

    @Override
    public void close() {
        worker.close(); // also after a start that failed half way: its thread would keep the process alive
        writer.close();
    }
}
