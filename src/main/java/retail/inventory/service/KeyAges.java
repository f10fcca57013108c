package retail.inventory.service;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import retail.inventory.journal.LogAge;

/**
 * When answered keys expire. That never depends on a clock that somebody can set:
 *
 * <ul>
 *   <li>An answer that is given while this process runs is remembered for the time to live by elapsed time ({@link
 *       System#nanoTime}); one that another process gave meanwhile, from the moment it was read.
 *   <li>What a start finds in the log has lived as long as the log itself can tell ({@link LogAge}). The log's end counts as
 *       now: the time in which no process ran does not count, and no wrong clock of a start either. What the process before
 *       knew to be over ({@link retail.inventory.journal.EventLog#keysFrom}) is; what it knew to live is not over, whatever
 *       the times look like.
 * </ul>
 *
 * <p>So no key is forgotten early, and none is kept for more than its time to live after the start. All expire in the order in
 * which they were answered: those that are over are always the oldest, and none that is not over stands before them. Safe for
 * several threads.
 */
final class KeyAges {

    /** So many leaps of the clock forward, between a key and the end of the log, do not make it look too old at a start. */
    private static final int LEAPS_MAX = 8;

    /** Of events without keys a start looks at so many in a time to live, and at so many in all. */
    private static final int STEPS_PER_LIFE = 500;

    private static final int OTHERS_MAX = 100_000;

    /** At most so many keys are forgotten in one go, or the log would wait when all are over. */
    private static final int FORGOTTEN_AT_ONCE = 1000;

    private final LongSupplier nanoTime;
    private final long ttlMs;
    private final long keysMax;
    private final AnsweredKeys keys;

    /** Until a start has read all, entries have the time of their event by the wall clock of whoever wrote it. */
    private boolean starting = true;

    private int others;
    private long latestMs;

    /**
     * Ages of no keys, for a start to fill.
     *
     * @param nanoTime tells elapsed time
     * @param keysMax how many keys a start keeps, the latest: those that live are fewer
     * @param shares counts them
     */
    KeyAges(LongSupplier nanoTime, long ttlMs, long keysMax, KeyShares shares) {
        this.nanoTime = nanoTime;
        this.ttlMs = ttlMs;
        this.keysMax = keysMax;
        this.keys = new AnsweredKeys(keysMax, shares);
    }

    /** How many keys are remembered. */
    int size() {
        return keys.size();
    }

    /** The event that answered a key which is not over; 0 when there is none. */
    long sequence(KeyHash key) {
        return keys.sequence(key, nanoTime.getAsLong());
    }

    /** A key has its answer now, or it was read now that another process has given it. */
    synchronized void answered(KeyHash key, long sequence) {
        keys.add(key, sequence, nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(ttlMs));
        boolean _ = forgetSome();
    }

    /** A key of the log, by the wall clock of who wrote it: at start, or from another process. In log order. */
    synchronized void found(KeyHash key, long sequence, long atMs) {
        if (!starting) {
            answered(key, sequence);
            return;
        }
        latestMs = atMs;
        keys.add(key, sequence, atMs);
        while (keys.entries().size() - others > keysMax) {
            removeOldest();
        }
    }

    /** An event without a key, likewise: at start it tells about those before it. One of many is enough for that. */
    synchronized void passed(long atMs) {
        KeyRing entries = keys.entries();
        latestMs = atMs;
        if (!starting || entries.size() == 0) {
            return;
        }
        int last = (int) KeyRing.before(entries.end());
        if (atMs - entries.until(last) >= ttlMs / STEPS_PER_LIFE && others < OTHERS_MAX) {
            keys.addTime(atMs);
            others++;
        } else {
            entries.until(
                    last, Math.min(entries.until(last), atMs)); // it was not written after any event that follows it
        }
    }

    /**
     * The end of the log has been read: what was found there lives for what is left of its time.
     *
     * @param keysFrom the first event whose key lived a moment before; 0 = not known
     */
    void started(long keysFrom) {
        giveTheRest(keysFrom);
        forgetExpired();
    }

    private synchronized void giveTheRest(long keysFrom) {
        if (!starting) {
            return;
        }
        starting = false;
        KeyRing entries = keys.entries();
        LogAge age = new LogAge(latestMs, LEAPS_MAX);
        long now = nanoTime.getAsLong();
        for (long place = KeyRing.before(entries.end()); place >= entries.first(); place = KeyRing.before(place)) {
            long ageMs = age.before(entries.until((int) place));
            long leftMs = leftMs(entries.sequence((int) place), ageMs, keysFrom);
            entries.until((int) place, now + TimeUnit.MILLISECONDS.toNanos(leftMs));
        }
    }

    private long leftMs(long sequence, long ageMs, long keysFrom) {
        if (sequence == KeyRing.NO_KEY) {
            return 0;
        }
        if (keysFrom == 0 || (ageMs < ttlMs && sequence >= keysFrom)) {
            return Math.max(0, ttlMs - ageMs);
        }
        return sequence < keysFrom ? 0 : ttlMs;
    }

    void forgetExpired() {
        boolean more = true;
        while (more) {
            more = forgetSome();
        }
    }

    /** Whether there may be more of them. */
    private synchronized boolean forgetSome() {
        KeyRing entries = keys.entries();
        long now = nanoTime.getAsLong();
        for (int i = 0; i < FORGOTTEN_AT_ONCE; i++) {
            if (entries.size() == 0 || entries.until((int) entries.first()) - now > 0) {
                return false;
            }
            removeOldest();
        }
        return true;
    }

    private void removeOldest() {
        KeyRing entries = keys.entries();
        if (entries.sequence((int) entries.first()) == KeyRing.NO_KEY) {
            others--;
        }
        keys.removeOldest();
    }

    /** How long the oldest key of an owner is remembered yet, in nanoseconds; the time to live when it has none. */
    synchronized long oldestLeft(KeyHash ofOwner) {
        long until = keys.oldestUntil(ofOwner);
        long whole = TimeUnit.MILLISECONDS.toNanos(ttlMs);
        return until == Long.MIN_VALUE ? whole : Math.clamp(until - nanoTime.getAsLong(), 0, whole);
    }

    /** The first event with a key that is not over; {@link Long#MAX_VALUE} when there is none. */
    long firstNeeded() {
        forgetExpired();
        return leastSequence();
    }

    private synchronized long leastSequence() {
        return keys.entries().leastSequence();
    }
}
