package retail.inventory.ledger;

import java.util.Arrays;
import java.util.List;

/** Times in nanoseconds, of settled lines for one, sorted once, so that any percentile is one look-up. */
public final class Latencies {

    private static final double NANOS_PER_MILLI = 1_000_000.0;

    private final long[] sortedNanos;

    private Latencies(long[] sortedNanos) {
        this.sortedNanos = sortedNanos;
    }

    /** Of everything that some clients measured, each in an array of its own; at least one time. */
    public static Latencies of(List<long[]> nanosOfClients) {
        long[] all = nanosOfClients.stream().flatMapToLong(Arrays::stream).toArray();
        if (all.length == 0) {
            throw new IllegalArgumentException("no latency was measured");
        }
        Arrays.sort(all);
        return new Latencies(all);
    }

    /** The nearest-rank percentile: the smallest measured time that {@code percent} of all times do not exceed. */
    public double millisAt(double percent) {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("no percentile " + percent);
        }
        int rank = (int) Math.ceil(percent * sortedNanos.length / 100.0);
        return sortedNanos[rank - 1] / NANOS_PER_MILLI;
    }

    /** The longest time. */
    public double millisMax() {
        return millisAt(100);
    }
}
