package retail.inventory.lease;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.lease.LocalLease.Answer;
import retail.inventory.lease.LocalLease.Ticket;
import retail.inventory.lease.LocalLease.Work;

/**
 * The leases that threads of this process use or wait for. Its gate is held for moments, never while the disk works. Only
 * the keeper begins and ends periods, so that what it saw when it set out still holds when it comes back.
 */
final class LocalLeases {

    private final long waitNanos;
    private final LeaseTally tally;
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition changed = gate.newCondition();
    private final Map<String, LocalLease> leases = new HashMap<>();
    private final Set<LocalLease> due = new LinkedHashSet<>();
    private final LongSupplier nanoTime;
    private long lookAtNanos;
    private boolean looking;
    private boolean closed;

    LocalLeases(long waitMs, LeaseTally tally, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lookAtNanos = nanoTime.getAsLong();
        this.waitNanos = TimeUnit.MILLISECONDS.toNanos(waitMs);
        this.tally = tally;
    }

    Leases.Lease take(String name, Runnable waits) {
        long asked = System.nanoTime();
        Ticket thread = new Ticket();
        LocalLease lease;
        gate.lock();
        try {
            if (closed) {
                throw refused(name, asked, null, "this process is ending");
            }
            lease = leases.computeIfAbsent(name, LocalLease::new);
            Grant shared = lease.join();
            if (shared != null) {
                tally.acquired();
                return new LeaseUse(this, lease, shared);
            }
            if (lease.ask(thread)) {
                wake(lease);
            }
        } finally {
            gate.unlock();
        }
        waits.run();
        return switch (await(lease, thread)) {
            case Answer.Granted(Grant grant) -> {
                tally.acquired();
                tally.waited(System.nanoTime() - asked);
                yield new LeaseUse(this, lease, grant);
            }
            case Answer.Refused(String reason) -> throw refused(name, asked, holder(lease), reason);
        };
    }

    /** Waits until something has changed or it is time to look at everything, and says what there is to do. */
    List<Work> next() {
        gate.lock();
        try {
            long left;
            while (!closed && due.isEmpty() && (left = nanosUntilLook()) > 0) {
                changed.awaitNanos(left);
            }
            looking = closed || nanosUntilLook() <= 0;
            List<Work> works = new ArrayList<>();
            for (LocalLease lease : looking ? leases.values() : due) {
                works.add(closed ? lease.giveAway() : lease.work(tally));
            }
            due.clear();
            return works;
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the keeper", e);
        } finally {
            gate.unlock();
        }
    }

    /** Takes in what came of the work. */
    void apply(Map<LocalLease, Outcome> outcomes) {
        gate.lock();
        try {
            outcomes.forEach((lease, outcome) -> {
                if (lease.apply(outcome, tally)) {
                    due.add(lease);
                }
                if (outcome instanceof Outcome.Gone && lease.isIdle()) {
                    leases.remove(lease.name());
                    due.remove(lease);
                }
            });
        } finally {
            gate.unlock();
        }
    }

    /** Sets the next look at everything, after a look: those that come and go must not put it off. */
    void lookAgainAfter(long nanos) {
        gate.lock();
        try {
            if (looking) {
                lookAtNanos = nanoTime.getAsLong() + nanos;
            }
        } finally {
            gate.unlock();
        }
    }

    /** Waits some time, or until closed. */
    void pauseUnlessClosed(long nanos) {
        gate.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the keeper", e);
        } finally {
            gate.unlock();
        }
    }

    boolean isClosed() {
        gate.lock();
        try {
            return closed;
        } finally {
            gate.unlock();
        }
    }

    /** Refuses everything from now on, and all that wait. */
    void close() {
        gate.lock();
        try {
            closed = true;
            leases.values().forEach(lease -> lease.refuse("this process is ending"));
            changed.signal();
        } finally {
            gate.unlock();
        }
    }

    /** Threads that use a lease. */
    int users(String name) {
        gate.lock();
        try {
            LocalLease lease = leases.get(name);
            return lease == null ? 0 : lease.users();
        } finally {
            gate.unlock();
        }
    }

    /** Nothing held and nothing wanted needs no looking. */
    private long nanosUntilLook() {
        return leases.isEmpty() ? Long.MAX_VALUE : lookAtNanos - nanoTime.getAsLong();
    }

    private void wake(LocalLease lease) {
        due.add(lease);
        changed.signal();
    }

    private Answer await(LocalLease lease, Ticket thread) {
        try {
            return thread.answer().get(waitNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return giveUp(lease, thread, "the time to wait is over");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return giveUp(lease, thread, "the thread was interrupted");
        } catch (ExecutionException e) {
            throw new AssertionError("nobody completes it with an exception", e);
        }
    }

    /** The answer may have come in the last moment. */
    private Answer giveUp(LocalLease lease, Ticket thread, String reason) {
        gate.lock();
        try {
            if (lease.withdraw(thread)) {
                wake(lease);
            }
            return thread.answer().getNow(new Answer.Refused(reason));
        } finally {
            gate.unlock();
        }
    }

    private @Nullable String holder(LocalLease lease) {
        gate.lock();
        try {
            return lease.holder();
        } finally {
            gate.unlock();
        }
    }

    private LeaseRefusedException refused(String name, long askedNanos, @Nullable String holder, String reason) {
        long waited = System.nanoTime() - askedNanos;
        tally.rejected();
        tally.waited(waited);
        return new LeaseRefusedException(name, TimeUnit.NANOSECONDS.toMillis(waited), holder, reason);
    }

    /** A thread ends its use. */
    void leave(LocalLease lease, Grant grant) {
        gate.lock();
        try {
            if (lease.leave(grant)) {
                wake(lease);
            }
        } finally {
            gate.unlock();
        }
    }
}
