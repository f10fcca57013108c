package retail.inventory.lease;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One period in which this process has a lease: from getting it until it is given away, taken or has run out. */
final class Grant {

    private final LongSupplier nanoTime;
    private final String token;
    private final long startedNanos;
    private volatile long renewedNanos;
    private volatile long validBeforeNanos;
    private volatile boolean over;

    /** Threads that use it; guarded by the gate of {@link LocalLeases}. */
    private int users;

    /**
     * A period that has begun.
     *
     * @param sinceNanos a moment before the file said so, or anybody could have seen it for longer than this process
     */
    Grant(LongSupplier nanoTime, String token, long sinceNanos, long ttlMs) {
        this.nanoTime = nanoTime;
        this.token = token;
        this.startedNanos = nanoTime.getAsLong();
        renewed(sinceNanos, ttlMs);
    }

    String token() {
        return token;
    }

    /** It was renewed by a write that began then. */
    void renewed(long beganNanos, long ttlMs) {
        renewedNanos = beganNanos;
        validBeforeNanos = beganNanos + TimeUnit.MILLISECONDS.toNanos(ttlMs);
    }

    /** Whether no other process can have the lease now; once false it stays so, though a renewal may just be under way. */
    boolean isValid() {
        if (!over && nanoTime.getAsLong() - validBeforeNanos >= 0) {
            over = true;
        }
        return !over;
    }

    void end() {
        over = true;
    }

    boolean isOlderThan(long nanos) {
        return nanoTime.getAsLong() - startedNanos >= nanos;
    }

    boolean isUnrenewedFor(long nanos) {
        return nanoTime.getAsLong() - renewedNanos >= nanos;
    }

    int users() {
        return users;
    }

    void enter() {
        users++;
    }

    void leave() {
        users--;
    }
}
