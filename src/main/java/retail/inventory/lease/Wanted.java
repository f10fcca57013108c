package retail.inventory.lease;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads of this process that want the lease, and the period that they share. Its gate is held for moments, never while
 * the disk works, and not at all by a thread that comes while the process has the lease. Only the keeper begins and ends
 * periods.
 */
final class Wanted {

    private final long waitNanos;
    private final LeaseTally tally;
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition decided = gate.newCondition();
    private final Condition woken = gate.newCondition();
    private volatile @Nullable Period period;
    private final AtomicInteger waiting = new AtomicInteger();
    private long failures;
    private String failure = "";
    private @Nullable String holder;
    private boolean awake;
    private volatile boolean closed;

    Wanted(long waitMs, LeaseTally tally) {
        this.waitNanos = TimeUnit.MILLISECONDS.toNanos(waitMs);
        this.tally = tally;
    }

    Leases.Lease take(Runnable waits) {
        Period now = period;
        if (now != null && now.enter()) {
            tally.acquired();
            return now;
        }
        long asked = System.nanoTime();
        waits.run();
        gate.lock();
        try {
            if (waiting.getAndIncrement() == 0) {
                wake(); // to get the lease
            }
            return await(asked);
        } finally {
            if (waiting.decrementAndGet() == 0) {
                wake(); // to leave the list
            }
            gate.unlock();
        }
    }

    private Leases.Lease await(long asked) {
        long failuresBefore = failures;
        long left = waitNanos;
        while (true) {
            Period now = period;
            if (closed) {
                throw refused(asked, "this process is ending");
            }
            if (now != null && now.enter()) {
                tally.acquired();
                tally.waited(System.nanoTime() - asked);
                tally.contended(now.isContended());
                return now;
            }
            if (failures != failuresBefore) {
                throw refused(asked, failure);
            }
            if (left <= 0) {
                throw refused(asked, "the time to wait is over");
            }
            try {
                left = decided.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw refused(asked, "the thread was interrupted");
            }
        }
    }

    private LeaseRefusedException refused(long asked, String reason) {
        long waited = System.nanoTime() - asked;
        tally.rejected();
        tally.waited(waited);
        return new LeaseRefusedException(TimeUnit.NANOSECONDS.toMillis(waited), holder, reason);
    }

    /** The period that goes on; null when this process does not have the lease. */
    @Nullable
    Period period() {
        return period;
    }

    /** How many threads use the lease or are just being let in. */
    int users() {
        Period now = period;
        return now == null ? 0 : now.users() + (now.isShut() ? 0 : waiting.get());
    }

    /** Lets all in. */
    void begin(Period next) {
        gate.lock();
        try {
            period = next;
            holder = null;
            decided.signalAll();
        } finally {
            gate.unlock();
        }
    }

    /** This process does not have the lease any more. */
    void end(Period last) {
        last.shut();
        last.end();
        period = null;
    }

    /** Another process has it. */
    void heldBy(String other) {
        gate.lock();
        try {
            holder = other;
        } finally {
            gate.unlock();
        }
    }

    /** Refuses all that wait. */
    void fail(String reason) {
        gate.lock();
        try {
            failures++;
            failure = reason;
            decided.signalAll();
        } finally {
            gate.unlock();
        }
    }

    /** Refuses everything from now on. */
    void close() {
        gate.lock();
        try {
            closed = true;
            decided.signalAll();
            wake();
        } finally {
            gate.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether threads wait. */
    boolean isWaitedFor() {
        gate.lock();
        try {
            return waiting.get() > 0 && !closed;
        } finally {
            gate.unlock();
        }
    }

    /** The last user has left. */
    void drained() {
        gate.lock();
        try {
            wake();
        } finally {
            gate.unlock();
        }
    }

    /** The keeper rests until a thread comes or goes, or for some time. */
    void rest(long nanos) {
        pause(nanos, true);
    }

    /** The same, but only closing ends it early. */
    void pauseUnlessClosed(long nanos) {
        pause(nanos, false);
    }

    private void pause(long nanos, boolean untilWoken) {
        gate.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed && !(untilWoken && awake)) {
                left = woken.awaitNanos(left);
            }
            awake = awake && !untilWoken;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the keeper", e);
        } finally {
            gate.unlock();
        }
    }

    private void wake() {
        awake = true;
        woken.signal();
    }
}
