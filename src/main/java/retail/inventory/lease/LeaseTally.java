package retail.inventory.lease;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts what {@link LeaseCounts} shows. */
final class LeaseTally {

    private final LongAdder acquired = new LongAdder();
    private final LongAdder contended = new LongAdder();
    private final LongAdder stolen = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAccumulator waitMaxNanos = new LongAccumulator(Long::max, 0);

    void acquired() {
        acquired.increment();
    }

    void contended(boolean really) {
        contended.add(really ? 1 : 0);
    }

    void stolen() {
        stolen.increment();
    }

    void expired() {
        expired.increment();
    }

    void rejected() {
        rejected.increment();
    }

    void waited(long nanos) {
        waitNanos.add(nanos);
        waitMaxNanos.accumulate(nanos);
    }

    LeaseCounts counts() {
        return new LeaseCounts(
                acquired.sum(),
                contended.sum(),
                stolen.sum(),
                expired.sum(),
                rejected.sum(),
                waitNanos.sum(),
                waitMaxNanos.get());
    }
}
