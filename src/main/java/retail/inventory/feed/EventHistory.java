package retail.inventory.feed;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;

/**
 * What happened, for those who follow it from outside: every change once, in log order, only when durable. Readers pull
 * at their own pace, so a slow one holds nobody up and needs no buffer. Safe for several threads.
 */
public final class EventHistory {

    private final EventFeed feed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition committed = lock.newCondition();
    private int waiting;
    private long woken;
    private boolean closed;

    public EventHistory(EventFeed feed) {
        this.feed = feed;
        feed.onCommit(this::wake);
    }

    /**
     * Some events.
     *
     * @param next the sequence to go on after
     * @param durableSequence the latest there is
     * @param logId which log it is; null when that is not known yet
     */
    public record Page(
            List<Event> events,
            long next,
            long durableSequence,
            @Nullable String logId) {}

    /** The changes asked for have been compacted away. */
    public static final class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final long oldest;

        GoneException(long oldest) {
            super("the oldest event kept is " + oldest);
            this.oldest = oldest;
        }

        /** The first sequence that can still be read. */
        public long oldest() {
            return oldest;
        }
    }

    /**
     * Some changes after a sequence; none when there are none yet.
     *
     * @throws GoneException when the one after that sequence is no longer kept
     * @throws FeedUnavailableException when the storage fails
     */
    public Page page(long after, int limit) {
        try {
            EventFeed.Batch batch = feed.read(after, limit);
            return new Page(batch.events(), batch.through(), feed.durableSequence(), feed.logId());
        } catch (EventsGoneException e) {
            throw new GoneException(e.oldest());
        } catch (LogUnavailableException | LogDamagedException e) {
            throw FeedUnavailableException.storageFailed(e);
        }
    }

    /** Which log it is: a UUID, another one after the log was put back from a copy; null when that is not known yet. */
    public @Nullable String logId() {
        return feed.logId();
    }

    /** The latest there is. */
    public long durableSequence() {
        return feed.durableSequence();
    }

    /** The first that can still be read. */
    public long oldest() {
        try {
            feed.read(0, 1);
            return 1;
        } catch (EventsGoneException e) {
            return e.oldest();
        } catch (LogUnavailableException | LogDamagedException e) {
            throw FeedUnavailableException.storageFailed(e);
        }
    }

    /**
     * Whether the log goes up to a sequence, in doubt yes.
     *
     * @throws FeedUnavailableException when the storage fails
     */
    public boolean reaches(long sequence) {
        try {
            return feed.reaches(sequence);
        } catch (LogUnavailableException e) {
            throw FeedUnavailableException.storageFailed(e);
        }
    }

    /** Waits until there is something after a sequence; false when there is not in time, when all are woken, or at the end. */
    public boolean await(long after, long timeoutMs) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        lock.lockInterruptibly();
        try {
            waiting++;
            long wokenBefore = woken;
            while (feed.durableSequence() <= after && nanos > 0 && !closed && woken == wokenBefore) {
                nanos = committed.awaitNanos(nanos);
            }
            return feed.durableSequence() > after;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /** Ends the wait of all who wait. */
    public void wakeAll() {
        lock.lock();
        try {
            woken++;
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether followers shall leave, because the service stops. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Sends followers away. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** On the log's thread: costs next to nothing when nobody waits. */
    private void wake() {
        lock.lock();
        try {
            if (waiting > 0) {
                committed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
