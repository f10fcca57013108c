package retail.inventory.admission;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bulkhead of bounded size: so many requests are worked on at once, so many more are inside without being worked on, and
 * whoever comes then is sent away at once. Those others wait for their turn, first come first served and not for long, or
 * have passed it on because they wait for something else. Safe for use by several threads.
 */
public final class BoundedBulkhead {

    private final Bulkhead bulkhead;
    private final int insideMax;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger passed = new AtomicInteger();

    /**
     * A bulkhead.
     *
     * @param name for metrics
     * @param concurrency how many are worked on at once
     * @param queueMax how many more may be inside
     * @param waitMax how long each may wait for its turn
     */
    BoundedBulkhead(BulkheadRegistry registry, String name, int concurrency, int queueMax, Duration waitMax) {
        this.insideMax = concurrency + queueMax;
        this.bulkhead = registry.bulkhead(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(concurrency)
                        .maxWaitDuration(waitMax)
                        .fairCallHandlingStrategyEnabled(true)
                        .build());
    }

    /** What became of a request at the door. */
    public enum Entry {
        /** It is in; it must {@link #leave}. */
        ADMITTED,
        /** As many are inside already as may. */
        QUEUE_FULL,
        /** It waited as long as it may. */
        TIMED_OUT
    }

    /** Lets a request in, when need be after some waiting. */
    public Entry enter() {
        if (inside.incrementAndGet() > insideMax) {
            inside.decrementAndGet();
            return Entry.QUEUE_FULL;
        }
        boolean admitted = false;
        try {
            admitted = bulkhead.tryAcquirePermission();
        } finally {
            if (!admitted) {
                inside.decrementAndGet();
            }
        }
        return admitted ? Entry.ADMITTED : Entry.TIMED_OUT;
    }

    /** One that is worked on gives its turn to the next and stays inside. */
    public void pass() {
        passed.incrementAndGet();
        bulkhead.releasePermission();
    }

    /** Makes room for the next one, after its turn was passed on or not. */
    public void leave(boolean hasPassed) {
        if (hasPassed) {
            passed.decrementAndGet();
        } else {
            bulkhead.releasePermission();
        }
        inside.decrementAndGet();
    }

    /** How many are worked on, wait for their turn, or have passed it on. */
    public int inside() {
        return inside.get();
    }

    /** How many are worked on. */
    public int active() {
        Bulkhead.Metrics metrics = bulkhead.getMetrics();
        return metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls();
    }

    /** How many wait for their turn. */
    public int waiting() {
        return Math.max(0, inside.get() - passed.get() - active());
    }
}
