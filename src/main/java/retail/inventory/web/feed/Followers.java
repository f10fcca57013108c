package retail.inventory.web.feed;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places of those who follow the feed as a stream: so many in all, so many for one client. That a follower has gone is
 * noticed when something is written to it; so when a newcomer finds no place, those in its way are written to, and it waits a
 * moment for the place of one that fails. Safe for several threads.
 */
final class Followers {

    /** How often those who have a place are written to for newcomers, however many come. */
    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final int max;
    private final int perClientMax;
    private final Runnable wakeAll;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Map<String, Integer> byClient = new HashMap<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private int count;
    private int waitingForAny;
    private long askedNanos = System.nanoTime() - ASK_EVERY_NANOS;

    /**
     * Nobody yet.
     *
     * @param wakeAll makes each follower ask whether it {@link #mustShowItself}
     */
    Followers(int max, int perClientMax, Runnable wakeAll) {
        this.max = max;
        this.perClientMax = perClientMax;
        this.wakeAll = wakeAll;
    }

    /** What became of a newcomer. */
    enum Entry {
        /** It has a place, to be given back by {@link #leave}. */
        ADMITTED,
        /** All places are taken. */
        FULL,
        /** Its client has as many as one may have. */
        CLIENT_FULL
    }

    Entry enter(String client, long waitMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Entry entry = tryToEnter(client);
            if (entry == Entry.ADMITTED) {
                return entry;
            }
            int forAny = entry == Entry.FULL ? 1 : 0;
            waitingForAny += forAny;
            waiting.merge(client, 1, Integer::sum);
            try {
                long left = TimeUnit.MILLISECONDS.toNanos(waitMs);
                long end = System.nanoTime() + left;
                while (entry != Entry.ADMITTED && left > 0) {
                    askThemToShowThemselves();
                    freed.awaitNanos(Math.min(left, ASK_EVERY_NANOS));
                    entry = tryToEnter(client);
                    left = end - System.nanoTime();
                }
                return entry;
            } finally {
                waiting.computeIfPresent(client, (same, many) -> many == 1 ? null : many - 1);
                waitingForAny -= forAny;
            }
        } finally {
            lock.unlock();
        }
    }

    private void askThemToShowThemselves() {
        long now = System.nanoTime();
        if (now - askedNanos >= ASK_EVERY_NANOS) {
            askedNanos = now;
            wakeAll.run();
        }
    }

    private Entry tryToEnter(String client) {
        if (byClient.getOrDefault(client, 0) >= perClientMax) {
            return Entry.CLIENT_FULL;
        }
        if (count >= max) {
            return Entry.FULL;
        }
        byClient.merge(client, 1, Integer::sum);
        count++;
        return Entry.ADMITTED;
    }

    /** Whether a newcomer waits for the place of this client, so that it has to be written to. */
    boolean mustShowItself(String client) {
        lock.lock();
        try {
            return waitingForAny > 0 || waiting.containsKey(client);
        } finally {
            lock.unlock();
        }
    }

    void leave(String client) {
        lock.lock();
        try {
            byClient.computeIfPresent(client, (same, many) -> many == 1 ? null : many - 1);
            count--;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    int max() {
        return max;
    }

    int perClientMax() {
        return perClientMax;
    }
}
