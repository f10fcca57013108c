package retail.inventory.admission;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bulkhead with a queue of bounded length: so many requests are worked on at once, so many more wait their turn, first
 * come first served and not for long, and whoever comes then is sent away at once. Safe for use by several threads.
 */
public final class BoundedBulkhead {

    private final Bulkhead bulkhead;
    private final int insideMax;
    private final AtomicInteger inside = new AtomicInteger();

    /**
     * A bulkhead.
     *
     * @param name for metrics
     * @param concurrency how many are worked on at once
     * @param queueMax how many more may wait
     * @param waitMax how long each may wait
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
        /** As many wait already as may. */
        QUEUE_FULL,
        /** It waited as long as it may. */
        WAITED_IN_VAIN
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
        return admitted ? Entry.ADMITTED : Entry.WAITED_IN_VAIN;
    }

    /** Makes room for the next one. */
    public void leave() {
        bulkhead.releasePermission();
        inside.decrementAndGet();
    }

    /** How many are worked on or wait. */
    public int inside() {
        return inside.get();
    }

    /** How many are worked on. */
    public int active() {
        Bulkhead.Metrics metrics = bulkhead.getMetrics();
        return metrics.getMaxAllowedConcurrentCalls() - metrics.getAvailableConcurrentCalls();
    }

    /** How many wait. */
    public int waiting() {
        return Math.max(0, inside.get() - active());
    }
}
