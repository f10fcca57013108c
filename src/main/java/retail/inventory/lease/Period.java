package retail.inventory.lease;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** One period in which this process has the lease, from getting it until it is given away, taken or has run out. */
final class Period implements Leases.Lease {

    /** Added to the number of users when nobody is let in any more. */
    private static final long SHUT = 1L << 32;

    private final LongSupplier nanoTime;
    private final String token;
    private final boolean contended;
    private final Runnable left;
    private final AtomicLong users = new AtomicLong();
    private volatile long usedNanos;
    private volatile long renewedNanos;
    private volatile long validBeforeNanos;
    private volatile boolean over;

    /**
     * A period that has begun.
     *
     * @param sinceNanos a moment before the file said so, or anybody could have seen it for longer than this process
     * @param contended whether another process had the lease before, when this one wanted it
     * @param left told when the last user has left and nobody is let in any more
     */
    Period(LongSupplier nanoTime, String token, long sinceNanos, long ttlMs, boolean contended, Runnable left) {
        this.nanoTime = nanoTime;
        this.token = token;
        this.contended = contended;
        this.left = left;
        this.usedNanos = nanoTime.getAsLong();
        renewed(sinceNanos, ttlMs);
    }

    /** Lets a thread in, unless it is shut or has run out. */
    boolean enter() {
        if (!isValid()) {
            return false;
        }
        long now;
        do {
            now = users.get();
            if (now >= SHUT) {
                return false;
            }
        } while (!users.compareAndSet(now, now + 1));
        return true;
    }

    @Override
    public void close() {
        long now = users.decrementAndGet();
        if (now == 0) {
            usedNanos = nanoTime.getAsLong();
        } else if (now == SHUT) {
            left.run();
        }
    }

    /** Lets nobody in any more. */
    void shut() {
        users.getAndUpdate(now -> now | SHUT);
    }

    boolean isShut() {
        return users.get() >= SHUT;
    }

    int users() {
        return (int) (users.get() & (SHUT - 1));
    }

    /** Whether nobody uses it, and nobody has for so long. */
    boolean isIdleFor(long nanos) {
        return users() == 0 && nanoTime.getAsLong() - usedNanos >= nanos;
    }

    /** Whether no other process can have the lease now; once false it stays so, though a renewal may just be under way. */
    boolean isValid() {
        if (!over && nanoTime.getAsLong() - validBeforeNanos >= 0) {
            over = true;
        }
        return !over;
    }

    /** It is over, though there may be users yet. */
    void end() {
        over = true;
    }

    /** It was renewed by a write that began then. */
    void renewed(long beganNanos, long ttlMs) {
        renewedNanos = beganNanos;
        validBeforeNanos = beganNanos + TimeUnit.MILLISECONDS.toNanos(ttlMs);
    }

    boolean isUnrenewedFor(long nanos) {
        return nanoTime.getAsLong() - renewedNanos >= nanos;
    }

    String token() {
        return token;
    }

    boolean isContended() {
        return contended;
    }
}
