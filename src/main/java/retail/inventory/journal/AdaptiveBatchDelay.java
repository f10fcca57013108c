package retail.inventory.journal;

import java.util.function.IntSupplier;

/**
 * How long the log's thread waits for more events before it syncs those that are there. When syncs are slow, the callers
 * of one batch come back with their next events while another batch is on its way, so each of them waits for two syncs. A
 * wait before the sync puts all of them into one batch.
 *
 * <p>PostgreSQL knows it as {@code commit_delay}, MySQL as {@code binlog_group_commit_sync_delay}. Here nobody has to set
 * it: it is as long as syncs of late at most, and only when these were slow; it ends when as many have come as there were.
 * When they do not come back, fewer and fewer batches wait.
 *
 * <p>When processes take turns, all who waited for this one come at once, and it is known how many they are: the first batch
 * of a turn waits for them on a fast disk too. Not thread-safe.
 */
final class AdaptiveBatchDelay {

    /** Below this a second sync costs less than the way to the caller and back. */
    private static final long SLOW_SYNC_NANOS = 1_000_000;

    /** So many of those who are missing have to come. When callers do not wait for answers, it is about half. */
    private static final double WORTH = 0.75;

    private static final int SKIPPED_MAX = 63;

    /**
     * A sync that takes longer than syncs do moves what they are taken to take up by one part of so many. A single one that
     * was held up, by the garbage collector or by other files, says nothing about the disk; after 20 it is another disk.
     */
    private static final int GROWTH = 8;

    /** In so long those who were let in together have appended, or do not. */
    private static final long LET_IN_NANOS = 1_000_000;

    /** Nobody says so who was let in and does not append. */
    private static final long COUNT_AGAIN_NANOS = 100_000;

    private IntSupplier appenders = () -> 0;
    private boolean overtaken;
    private long syncNanos;
    private int expected;
    private int skipNext;
    private int skipping;

    /** A batch is durable: those whom it answers may come again. */
    void synced(int answered, int waiting, long nanos) {
        expected = answered + waiting;
        syncNanos = syncNanos == 0 ? nanos : Math.min(nanos, syncNanos + syncNanos / GROWTH + 1);
    }

    /** Who knows how many threads may append now. */
    void expect(IntSupplier threads) {
        appenders = threads;
    }

    /** Others have written, and their turn is over. */
    void overtaken() {
        overtaken = true;
    }

    /** How many the next batch should wait for. */
    int expected() {
        return overtaken ? appenders.getAsInt() : expected;
    }

    /** For how long, at most. */
    long patienceNanos() {
        if (overtaken) {
            return Math.max(LET_IN_NANOS, syncNanos);
        }
        return syncNanos < SLOW_SYNC_NANOS || skipping > 0 ? 0 : syncNanos;
    }

    /** How often to ask meanwhile. */
    long askEveryNanos() {
        return overtaken ? COUNT_AGAIN_NANOS : Long.MAX_VALUE;
    }

    /** The next batch has been taken: whether it was worth the wait decides about the next ones. */
    void took(int before, int size) {
        if (overtaken) {
            overtaken = false;
        } else if (skipping > 0) {
            skipping--;
        } else if (before < expected) {
            boolean worth = size - before >= (expected - before) * WORTH;
            skipNext = worth ? 0 : Math.min(SKIPPED_MAX, 2 * skipNext + 1);
            skipping = skipNext;
        }
    }
}
