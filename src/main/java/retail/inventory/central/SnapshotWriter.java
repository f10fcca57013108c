package retail.inventory.central;

import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.background.Age;
import retail.inventory.background.DiskBreaker;
import retail.inventory.background.PacedLoop;
import retail.inventory.files.DiskTrouble;
import retail.inventory.journal.EventFeed;

/** Writes a snapshot of the central view when enough events have come since the last one, paced, on its own thread. */
public final class SnapshotWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final long LOOK_EVERY_MS = 1000;

    private final CentralSnapshots snapshots;
    private final CentralInventory view;
    private final SyncWorker worker;
    private final DiskBreaker breaker;
    private final PacedLoop thread;
    private final AtomicLong count = new AtomicLong();
    private final Age age = new Age();
    private volatile long written;
    private volatile String problem = "";

    SnapshotWriter(
            CentralSnapshots snapshots,
            CentralInventory view,
            SyncWorker worker,
            long everyEvents,
            DiskBreaker breaker) {
        this(
                snapshots,
                view,
                worker,
                everyEvents,
                breaker,
                LOOK_EVERY_MS,
                Thread.ofPlatform().name("central-snapshots").factory());
    }

    SnapshotWriter(
            CentralSnapshots snapshots,
            CentralInventory view,
            SyncWorker worker,
            long everyEvents,
            DiskBreaker breaker,
            long lookEveryMs,
            ThreadFactory threads) {
        this.snapshots = snapshots;
        this.view = view;
        this.worker = worker;
        this.breaker = breaker;
        this.thread = new PacedLoop(threads, lookEveryMs, () -> writeAfter(everyEvents), this::writeLast);
    }

    /** Starts, with a snapshot through this sequence in place. */
    void start(long from) {
        written = from;
        age.restart();
        thread.start();
    }

    /** How many were written since the start. */
    public long count() {
        return count.get();
    }

    /** How many events of the view the newest snapshot lacks. */
    public long behind() {
        return Math.max(0, worker.position() - written);
    }

    /** How long ago the newest snapshot was last as new as it should be, in seconds; NaN before {@link #start}. */
    public double ageSeconds() {
        return age.seconds();
    }

    /** Why the last try failed; empty when it did not. */
    public String problem() {
        return problem.isEmpty() ? thread.problem() : problem;
    }

    /** Writes the last one and stops. */
    @Override
    public void close() {
        thread.close();
    }

    private void writeAfter(long events) {
        if (behind() >= events) {
            write();
        } else {
            age.restart();
        }
    }

    /** Whatever the breaker says: there is no later. */
    private void writeLast() {
        long through = worker.position();
        if (through > written) {
            try {
                save(through, nanos -> {});
                count.incrementAndGet();
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "No snapshot could be written at the end; the next start reads the log: {}",
                        DiskTrouble.describe(e));
            }
        }
    }

    private void save(long through, LongConsumer pace) throws IOException {
        EventFeed feed = worker.feed();
        snapshots.save(view, through, feed.logId(), LogEvidence.at(feed, through), pace);
    }

    private void write() {
        long through = worker.position();
        try {
            breaker.run(() -> save(through, thread::restAfter));
            written = through;
            age.restart();
            count.incrementAndGet();
            problem = "";
        } catch (DiskBreaker.OpenException leftAlone) {
            // an older snapshot and the log have everything
        } catch (IOException | RuntimeException e) {
            if (!DiskTrouble.describe(e).equals(problem)) {
                LOG.warn(
                        "A snapshot of the central view could not be written; trying again: {}",
                        DiskTrouble.describe(e));
            }
            problem = DiskTrouble.describe(e);
        }
    }
}
