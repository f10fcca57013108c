package retail.inventory.central;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.process.Defects;

/**
 * Follows the log into the central view: woken by every commit, by a timer as the safety net, or by hand. An event that cannot
 * be applied goes to the dead letters and the stream goes on. Safe for use by several threads; one applies at a time.
 */
public final class SyncWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SyncWorker.class);
    private static final int BATCH = 1000;
    private static final long NOT_BEHIND = 0;
    private static final ThreadFactory PLATFORM =
            Thread.ofPlatform().name("central-sync").factory();

    /** What a stopping worker has not applied by then, the next start applies. */
    private static final long LAST_SYNC_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EventFeed feed;
    private final EventApplier applier;
    private final InstantSource clock;
    private final long intervalMs;
    private final long freshnessBoundMs;
    private final Thread thread;

    private final ReentrantLock applying = new ReentrantLock();
    private final Progress position = new Progress();

    private volatile long behindSinceNanos = NOT_BEHIND;
    private volatile boolean closed;
    private volatile boolean ended;
    private volatile long closedNanos;
    private volatile String problem = "";

    SyncWorker(EventFeed feed, EventApplier applier, InstantSource clock, long intervalMs, long freshnessBoundMs) {
        this(feed, applier, clock, intervalMs, freshnessBoundMs, PLATFORM);
    }

    SyncWorker(
            EventFeed feed,
            EventApplier applier,
            InstantSource clock,
            long intervalMs,
            long freshnessBoundMs,
            ThreadFactory threads) {
        this.feed = feed;
        this.applier = applier;
        this.clock = clock;
        this.intervalMs = intervalMs;
        this.freshnessBoundMs = freshnessBoundMs;
        this.thread = threads.newThread(this::run);
    }

    /**
     * What a sync did.
     *
     * @param applied how many events were applied while it ran
     * @param sequence the position after it
     * @param tookMs how long it took
     */
    public record Synced(long applied, long sequence, long tookMs) {}

    /** Says what the view has, before {@link #start}. */
    void beginAt(long from) {
        position.reach(from);
    }

    /** Starts following the log on a thread, unless it was closed before. */
    synchronized void start() {
        if (!closed) {
            feed.onCommit(this::wake);
            thread.start();
            wake();
        }
    }

    /** The sequence up to which the view has everything. */
    public long position() {
        return position.sequence();
    }

    EventFeed feed() {
        return feed;
    }

    /** How many durable events the view does not have yet. */
    public long behind() {
        return Math.max(0, feed.durableSequence() - position());
    }

    /** Why the last try failed; empty when it did not. */
    public String problem() {
        return problem;
    }

    /** How old an answer given now is. */
    public Freshness freshness() {
        long sequence = position();
        long since = behindSinceNanos;
        boolean behind = since != NOT_BEHIND && sequence < feed.durableSequence();
        long behindMs = behind ? Math.max(1, (System.nanoTime() - since) / 1_000_000) : 0;
        long lagMs = Math.max(behindMs, feed.lookAgeMs());
        return new Freshness(sequence, clock.instant().minusMillis(lagMs), lagMs, lagMs > freshnessBoundMs);
    }

    /**
     * Applies everything that is durable now. While another sync runs this joins it.
     *
     * @throws LogUnavailableException when the log cannot be read
     * @throws LogDamagedException when the log is damaged
     */
    public Synced sync() {
        long start = System.nanoTime();
        long from = position();
        long target = feed.durableSequence();
        applying.lock();
        try {
            while (position() < target && !ended && !(closed && System.nanoTime() - closedNanos > LAST_SYNC_NANOS)) {
                applyBatch();
            }
        } finally {
            applying.unlock();
        }
        return new Synced(position() - from, position(), (System.nanoTime() - start) / 1_000_000);
    }

    /** Waits until the view has everything up to a sequence; false when it has not in time. */
    public boolean awaitPosition(long sequence, long timeoutMs) throws InterruptedException {
        return position.await(sequence, timeoutMs);
    }

    /** Applies what is left, unless that is too much for a moment, and stops. Nothing is applied after that. */
    @Override
    public void close() {
        synchronized (this) {
            closedNanos = System.nanoTime();
            closed = true;
        }
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        applying.lock(); // who syncs by hand may still be at it
        try {
            ended = true;
        } finally {
            applying.unlock();
        }
    }

    private void wake() {
        noteLag();
        LockSupport.unpark(thread);
    }

    private void noteLag() {
        if (behindSinceNanos == NOT_BEHIND && position() < feed.durableSequence()) {
            behindSinceNanos = System.nanoTime();
        }
    }

    private void run() {
        while (!closed) {
            boolean caughtUp = position() >= feed.durableSequence();
            if ((caughtUp || !syncSafely()) && !closed) { // asked again: a failing sync may have used up the wake-up
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(intervalMs));
            }
        }
        syncSafely();
    }

    /** A sync by the thread or the timer; false when it failed, which is logged and tried again later. */
    boolean syncSafely() {
        try {
            sync();
            if (!problem.isEmpty()) {
                LOG.info("The central view follows the log again, at sequence {}", value("sequence", position()));
                problem = "";
            }
            return true;
        } catch (LogUnavailableException | LogDamagedException | UncheckedIOException | DeadLettersFullException e) {
            standsStill(String.valueOf(e.getMessage()), null);
            return false;
        } catch (RuntimeException | Error e) {
            Defects.caught(e);
            standsStill(e.toString(), e);
            return false;
        }
    }

    /** Tells what is new; the same again is tried every second. */
    private void standsStill(String why, @Nullable Throwable defect) {
        if (!why.equals(problem)) {
            LOG.error("The central view stopped at sequence {}: {}", value("sequence", position()), why, defect);
        }
        problem = why;
    }

    private void applyBatch() {
        long lookedNanos = System.nanoTime();
        long known = feed.durableSequence();
        EventFeed.Batch batch = feed.read(position(), BATCH);
        applier.apply(batch.events());
        position.reach(batch.through());
        if (batch.through() >= known) {
            // Complete as of that look. Forgotten first, for a commit from here on notes the lag again.
            behindSinceNanos = NOT_BEHIND;
            if (batch.through() < feed.durableSequence()) {
                behindSinceNanos = lookedNanos;
            }
        }
    }

    /** Applies the event of a letter again; null when that worked, else why not. */
    @Nullable
    String replay(long sequence) {
        applying.lock();
        try {
            if (ended) {
                return "the service stops";
            }
            EventFeed.Batch batch = feed.read(sequence - 1, 1);
            return batch.events().isEmpty()
                    ? "the log has no event " + sequence
                    : applier.tryToApply(batch.events().getFirst());
        } catch (EventsGoneException e) {
            return "the log no longer has event " + sequence;
        } finally {
            applying.unlock();
        }
    }
}
