package retail.inventory.central;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.central.CentralSnapshots.Loaded;
import retail.inventory.files.ReadAhead;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;

/** What the central view begins with: the newest whole snapshot, or when the log does not go on from it, the stores' records. */
final class CentralRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(CentralRecovery.class);
    private static final long LOOK_AGAIN_MS = 100;

    private final CentralInventory view;
    private final CentralSnapshots snapshots;
    private final EventFeed feed;
    private final StoreRecords records;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable ReadAhead<Loaded> ahead;

    CentralRecovery(CentralInventory view, CentralSnapshots snapshots, EventFeed feed, StoreRecords records) {
        this.view = view;
        this.snapshots = snapshots;
        this.feed = feed;
        this.records = records;
    }

    /**
     * What the view was filled with.
     *
     * @param from the sequence up to which it has everything
     * @param source where that came from, for a person
     */
    record Begun(long from, String source) {}

    /** Begins to read the newest snapshot, on a thread of its own, while others start; {@link #fill} goes on from there. */
    void readAhead() {
        ahead = new ReadAhead<>("central-read-ahead", () -> snapshots.load(view));
    }

    /**
     * Fills the view; again from the beginning when it failed before.
     *
     * @param rebuild whether to forget the snapshots first
     */
    Begun fill(boolean rebuild) throws IOException {
        if (rebuild) {
            snapshots.deleteAll();
            LOG.info("Rebuilding the central view from the log");
        }
        awaitLogOfTheSnapshots();
        long from = loadSnapshotOfThisLog();
        if (logGoesOnAfter(from)) {
            return new Begun(from, from > 0 ? "from a snapshot through " + from : "rebuilt from the log");
        }
        from = fillFromStores();
        return new Begun(from, "from the stores' own records through " + from);
    }

    /** Sends away who waits for the log. */
    void close() {
        closing.countDown();
    }

    /**
     * Goes on, unless it is closed.
     *
     * @throws LogUnavailableException when it is
     */
    void requireNotClosed() {
        if (closing.getCount() == 0) {
            throw new LogUnavailableException(Cause.CLOSED, "The service stops");
        }
    }

    private long loadSnapshotOfThisLog() throws IOException {
        Loaded loaded = loadSnapshot();
        while (isOfAnotherLog(loaded)) {
            snapshots.putAside(loaded.name(), "it was taken from another log than this one");
            view.clear();
            loaded = snapshots.load(view);
        }
        return loaded.through();
    }

    private boolean isOfAnotherLog(Loaded loaded) {
        String logId = loaded.logId();
        return (logId != null && loaded.through() > feed.holdsThrough(logId))
                || LogEvidence.contradicts(feed, loaded.through(), loaded.eventId());
    }

    /** The snapshot that was read ahead, unless it was put aside or deleted since. */
    private Loaded loadSnapshot() throws IOException {
        ReadAhead<Loaded> early = ahead;
        ahead = null;
        Loaded loaded = null;
        try {
            loaded = early == null ? null : early.get();
        } catch (NoSuchFileException goneMeanwhile) {
            // it was put aside or deleted while it was read
        }
        if (loaded != null && loaded.through() > 0 && loaded.through() == snapshots.newest()) {
            return loaded;
        }
        view.clear();
        return snapshots.load(view);
    }

    /**
     * A snapshot may know more than the log that another process writes: after a power cut, until that process has
     * started and recovered it, or put the snapshot aside; or for a moment, as others append to the same log.
     */
    private void awaitLogOfTheSnapshots() throws IOException {
        boolean told = false;
        for (int tries = 1; snapshots.newest() > feed.durableSequence(); tries++) {
            if (tries > 1 && !told) {
                told = true;
                LOG.warn(
                        "The newest snapshot goes through sequence {}, the log only to {}: waiting for the process that"
                                + " writes the log to recover it",
                        value("sequence", snapshots.newest()),
                        feed.durableSequence());
            }
            try {
                if (closing.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                    throw stops();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw stops();
            }
        }
    }

    private static LogUnavailableException stops() {
        return new LogUnavailableException(Cause.CLOSED, "The service stops while it waits for the log");
    }

    private boolean logGoesOnAfter(long sequence) {
        try {
            feed.read(sequence, 1);
            return true;
        } catch (EventsGoneException e) {
            return false;
        }
    }

    private long fillFromStores() throws IOException {
        long through = records.through();
        records.forEach(some -> some.forEach(record -> view.apply(
                record.key().storeId(),
                new Entry(
                        record.key().sku(),
                        record.qty(),
                        record.holds(),
                        record.version(),
                        record.updatedAt().toEpochMilli()))));
        return through;
    }
}
