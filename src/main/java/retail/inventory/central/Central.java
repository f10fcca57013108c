package retail.inventory.central;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.central.CentralUnavailableException.Reason;
import retail.inventory.disk.ReadAhead;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;

/** The central copy as one thing: starts it from snapshot and log, and stops it. */
public final class Central implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Central.class);
    private static final long LOOK_AGAIN_MS = 100;

    private final CentralInventory view;
    private final SyncWorker worker;
    private final CentralSnapshots snapshots;
    private final SnapshotWriter writer;
    private final CentralDeadLetters letters;
    private final EventFeed feed;
    private final StoreRecords records;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable ReadAhead<Long> ahead;
    private volatile boolean started;

    Central(
            CentralInventory view,
            SyncWorker worker,
            CentralSnapshots snapshots,
            SnapshotWriter writer,
            CentralDeadLetters letters,
            EventFeed feed,
            StoreRecords records) {
        this.view = view;
        this.worker = worker;
        this.snapshots = snapshots;
        this.writer = writer;
        this.letters = letters;
        this.feed = feed;
        this.records = records;
    }

    /** Begins to read the newest snapshot, on a thread of its own, while others start; {@link #start} goes on from there. */
    public void readAhead() {
        ahead = new ReadAhead<>("central-read-ahead", () -> snapshots.load(view));
    }

    /**
     * Loads the newest whole snapshot and follows the log from there; everything that is durable now is in the view when
     * this returns. When the log no longer goes back far enough, the stores' own records are the beginning.
     *
     * @param rebuild whether to forget the snapshots first
     * @throws LogUnavailableException when the storage fails
     */
    public void start(boolean rebuild) {
        long start = System.nanoTime();
        long from;
        String source;
        try {
            letters.load();
            if (rebuild) {
                snapshots.deleteAll();
                LOG.info("Rebuilding the central view from the log");
            }
            awaitLogOfTheSnapshots();
            from = loadSnapshot();
            source = from > 0 ? "from a snapshot through " + from : "rebuilt from the log";
            if (!logGoesOnAfter(from)) {
                from = fillFromStores();
                source = "from the stores' own records through " + from;
            }
        } catch (IOException e) {
            throw new LogUnavailableException(Cause.STORAGE_FAILED, "The central view's files cannot be read: " + e);
        }
        for (long id : letters.resolvedSince(from)) {
            String trouble = worker.replay(id);
            if (trouble != null) {
                LOG.warn("The event of the resolved dead letter {} cannot be applied again: {}", id, trouble);
            }
        }
        worker.start(from);
        catchUp();
        writer.start(from);
        started = true;
        if (worker.position() > 0) {
            LOG.info(summary(source, from, System.nanoTime() - start));
        }
    }

    private String summary(String source, long from, long tookNanos) {
        return String.format(
                Locale.ROOT,
                "Central view: %,d SKUs through sequence %,d in %.2f s, %s (%,d events read)",
                view.size(),
                worker.position(),
                tookNanos / 1e9,
                source,
                worker.position() - from);
    }

    private void catchUp() {
        try {
            worker.sync();
        } catch (EventsGoneException e) {
            throw new LogUnavailableException(
                    Cause.STORAGE_FAILED,
                    "The log was compacted while it was read (" + e.getMessage() + "): start again");
        }
    }

    /** The snapshot that was read ahead, unless it was put aside or deleted since. */
    private long loadSnapshot() throws IOException {
        ReadAhead<Long> early = ahead;
        long loaded = 0;
        try {
            loaded = early == null ? 0 : early.get();
        } catch (NoSuchFileException goneMeanwhile) {
            // it was put aside or deleted while it was read
        }
        if (loaded > 0 && loaded == snapshots.newest()) {
            return loaded;
        }
        view.clear();
        return snapshots.load(view);
    }

    /**
     * A snapshot may know more than the log that another process writes: after a power cut, until that process has
     * started and recovered it, or put the snapshot aside.
     */
    private void awaitLogOfTheSnapshots() throws IOException {
        for (boolean told = false; snapshots.newest() > feed.durableSequence(); told = true) {
            if (!told) {
                LOG.warn(
                        "The newest snapshot goes through sequence {}, the log only to {}: waiting for the process that"
                                + " writes the log to recover it",
                        snapshots.newest(),
                        feed.durableSequence());
            }
            try {
                if (closing.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS)) {
                    throw new LogUnavailableException(Cause.CLOSED, "The service stops while it waits for the log");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LogUnavailableException(Cause.CLOSED, "The service stops while it waits for the log");
            }
        }
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
                        record.version(),
                        record.updatedAt().toEpochMilli()))));
        return through;
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
            throw new CentralUnavailableException(Reason.STARTING, "the central view is still reading its data");
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
        } catch (LogUnavailableException | LogDamagedException | UncheckedIOException e) {
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

    static CentralUnavailableException storageFailed(RuntimeException e) {
        return new CentralUnavailableException(Reason.STORAGE_FAILED, String.valueOf(e.getMessage()));
    }

    @Override
    public void close() {
        closing.countDown();
        worker.close(); // also after a start that failed half way: its thread would keep the process alive
        writer.close();
    }
}
