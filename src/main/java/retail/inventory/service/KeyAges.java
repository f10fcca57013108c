package retail.inventory.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.LogAge;
import retail.inventory.service.Idempotency.Claim;

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

    private final LongSupplier nanoTime;
    private final long ttlMs;
    private final long keysMax;
    private final Consumer<Claim> forget;
    private final Queue<Claim> byAge = new ConcurrentLinkedQueue<>();

    /** What a start has found so far; null once it has read all. */
    private @Nullable ArrayDeque<Found> found = new ArrayDeque<>();

    private long keys;
    private long latestMs;

    /**
     * Ages of no keys, for a start to fill.
     *
     * @param nanoTime tells elapsed time
     * @param keysMax how many keys a start keeps, the latest: those that live are fewer
     * @param forget takes each key that is over
     */
    KeyAges(LongSupplier nanoTime, long ttlMs, long keysMax, Consumer<Claim> forget) {
        this.nanoTime = nanoTime;
        this.ttlMs = ttlMs;
        this.keysMax = keysMax;
        this.forget = forget;
    }

    /** A key as it was found, or an event without; it was not written after any event that follows it. */
    private static final class Found {
        private final @Nullable Claim claim;
        private long notAfterMs;

        private Found(@Nullable Claim claim, long atMs) {
            this.claim = claim;
            this.notAfterMs = atMs;
        }
    }

    /** A key has its answer now. */
    void answered(Claim claim) {
        livesFor(ttlMs, claim);
        forgetExpired();
    }

    /** A key of the log, by the wall clock of who wrote it: at start, or from another process. In log order. */
    synchronized void found(Claim claim, long atMs) {
        ArrayDeque<Found> start = found;
        if (start == null) {
            answered(claim);
            return;
        }
        latestMs = atMs;
        start.add(new Found(claim, atMs));
        keys++;
        while (keys > keysMax) {
            Claim oldest = start.remove().claim;
            if (oldest != null) {
                keys--;
                forget.accept(oldest);
            }
        }
    }

    /** An event without a key, likewise: at start it tells about those before it. One of many is enough for that. */
    synchronized void passed(long atMs) {
        ArrayDeque<Found> start = found;
        Found last = start == null ? null : start.peekLast();
        latestMs = atMs;
        if (start == null || last == null) {
            return;
        }
        if (atMs - last.notAfterMs >= ttlMs / STEPS_PER_LIFE && start.size() - keys < OTHERS_MAX) {
            start.add(new Found(null, atMs));
        } else {
            last.notAfterMs = Math.min(last.notAfterMs, atMs);
        }
    }

    /**
     * The end of the log has been read: what was found there lives for what is left of its time.
     *
     * @param keysFrom the first event whose key lived a moment before; 0 = not known
     */
    synchronized void started(long keysFrom) {
        List<Found> all = found == null ? List.of() : new ArrayList<>(found);
        found = null;
        long[] ages = new long[all.size()];
        LogAge age = new LogAge(latestMs, LEAPS_MAX);
        for (int i = ages.length - 1; i >= 0; i--) {
            ages[i] = age.before(all.get(i).notAfterMs);
        }
        for (int i = 0; i < ages.length; i++) {
            Claim claim = all.get(i).claim;
            if (claim != null) {
                livesFor(leftMs(claim.sequence(), ages[i], keysFrom), claim);
            }
        }
        forgetExpired();
    }

    private long leftMs(long sequence, long ageMs, long keysFrom) {
        if (keysFrom == 0 || (ageMs < ttlMs && sequence >= keysFrom)) {
            return Math.max(0, ttlMs - ageMs);
        }
        return sequence < keysFrom ? 0 : ttlMs;
    }

    boolean isOver(long nanos) {
        return nanoTime.getAsLong() - nanos >= 0;
    }

    void forgetExpired() {
        for (Claim oldest = byAge.peek(); oldest != null && oldest.expired(); oldest = byAge.peek()) {
            if (byAge.remove(oldest)) {
                forget.accept(oldest);
            }
        }
    }

    /** The first event with a key that is not over; {@link Long#MAX_VALUE} when there is none. */
    long firstNeeded() {
        forgetExpired();
        return byAge.stream().mapToLong(Claim::sequence).min().orElse(Long.MAX_VALUE);
    }

    private void livesFor(long ms, Claim claim) {
        claim.expires(nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(ms));
        byAge.add(claim);
    }
}
