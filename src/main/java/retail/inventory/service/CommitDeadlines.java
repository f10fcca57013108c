package retail.inventory.service;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.process.Defects;
import retail.inventory.table.CommitTimeoutException;

/**
 * Ends the wait for changes that the disk does not answer in time. One look-out for all of them instead of a timer for
 * each: a timer that is set and cancelled wakes another thread twice, which took a tenth of all processor time. The
 * look-out is there while there is something to look after, so there is nothing to close. Safe for use by several threads.
 */
final class CommitDeadlines {

    private static final Logger LOG = LoggerFactory.getLogger(CommitDeadlines.class);

    /** How late an end may be, at most a tenth of the time. */
    private static final long LATE_MAX_MS = 50;

    private final long timeoutMs;
    private final Queue<Open> open = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean watched = new AtomicBoolean();

    /** A change, and when to give up on it, in {@link System#nanoTime}. All have the same time, so they end in order. */
    private record Open(CompletableFuture<?> fate, long deadlineNanos) {}

    /**
     * Deadlines of one length.
     *
     * @param timeoutMs how long anybody waits, in milliseconds; 0 = not at all
     */
    CommitDeadlines(long timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    /** From now on a fate has the time to be known; then it completes with a {@link CommitTimeoutException}. */
    void watch(CompletableFuture<?> fate) {
        if (timeoutMs == 0) {
            return;
        }
        open.add(new Open(fate, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs)));
        startWhenNeeded();
    }

    /**
     * Waits for a fate that is watched.
     *
     * @throws CommitTimeoutException when it is not known in time
     */
    <T> T await(CompletableFuture<T> fate) {
        if (timeoutMs == 0 && !fate.isDone()) {
            throw timedOut();
        }
        try {
            return fate.get();
        } catch (InterruptedException e) {
            throw Waiting.interrupted();
        } catch (ExecutionException e) {
            throw timedOut();
        }
    }

    private void startWhenNeeded() {
        if (!watched.get() && watched.compareAndSet(false, true)) {
            boolean started = false;
            try {
                Thread.ofPlatform().daemon().name("commit-deadlines").start(this::look);
                started = true;
            } finally {
                if (!started) {
                    watched.set(false); // no thread could be made: whoever comes next tries again
                }
            }
        }
    }

    private void look() {
        Duration pause = Duration.ofMillis(Math.max(1, Math.min(LATE_MAX_MS, timeoutMs / 10)));
        try {
            while (!open.isEmpty()) {
                Thread.sleep(pause);
                endOverdue();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the look-out", e);
        } finally {
            watched.set(false);
            if (!open.isEmpty()) {
                startWhenNeeded(); // something came in the meantime
            }
        }
    }

    private void endOverdue() {
        for (Open oldest = open.peek(); oldest != null; oldest = open.peek()) {
            if (!oldest.fate().isDone()) {
                if (oldest.deadlineNanos() - System.nanoTime() > 0) {
                    return;
                }
                open.poll(); // first, or one that cannot be ended would hold up all behind it
                end(oldest.fate());
            } else {
                open.poll();
            }
        }
    }

    private void end(CompletableFuture<?> fate) {
        try {
            fate.completeExceptionally(timedOut());
        } catch (RuntimeException | Error e) { // of whoever gets the answer
            Defects.caught(e);
            LOG.error("A change that took too long could not be ended", e);
        }
    }

    private CommitTimeoutException timedOut() {
        return new CommitTimeoutException("the disk has not answered within " + timeoutMs + " ms");
    }
}
