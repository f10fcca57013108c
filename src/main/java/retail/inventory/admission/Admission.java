package retail.inventory.admission;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * All that stands between a request and the service: the rate limit, the bulkheads, the counts, and whether the service is
 * stopping.
 */
public final class Admission {

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private final RateLimit rateLimit;
    private final BoundedBulkhead changes;
    private final BoundedBulkhead syncs;
    private final BodyBudget bodies;
    private final RequestCounters traffic = new RequestCounters();
    private volatile boolean closing;

    Admission(RateLimit rateLimit, BoundedBulkhead changes, BoundedBulkhead syncs, BodyBudget bodies) {
        this.rateLimit = rateLimit;
        this.changes = changes;
        this.syncs = syncs;
        this.bodies = bodies;
    }

    /** How many requests each client may send. */
    public RateLimit rateLimit() {
        return rateLimit;
    }

    /** The bulkhead of requests that change stock. */
    public BoundedBulkhead changes() {
        return changes;
    }

    /** The bulkhead of syncs and replays by hand. */
    public BoundedBulkhead syncs() {
        return syncs;
    }

    /** The bytes of all requests' bodies. */
    public BodyBudget bodies() {
        return bodies;
    }

    /** How many changes and syncs wait for their turn. */
    public int waiting() {
        return changes.waiting() + syncs.waiting();
    }

    /** The counts. */
    public RequestCounters traffic() {
        return traffic;
    }

    /** Lets no more changes and syncs in: the service stops. */
    public void close() {
        closing = true;
    }

    /** Whether the service stops. */
    public boolean isClosing() {
        return closing;
    }

    /** Waits, so long at most, until all changes and syncs have left, those that wait their turn included. */
    public boolean awaitEmpty(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (changes.inside() + syncs.inside() > 0) {
            if (System.nanoTime() >= end) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }
}
