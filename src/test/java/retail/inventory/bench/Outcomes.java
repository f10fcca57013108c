package retail.inventory.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import retail.inventory.ledger.Latencies;

/**
 * What became of all requests that were due in a stretch of time. An answer belongs to the stretch in which its request
 * was due, however late it comes. Not thread-safe.
 */
final class Outcomes {

    private static final double P99 = 99;

    private final long startNanos;
    private final Duration time;
    private int size;
    private Outcome[] outcomes = new Outcome[1024];
    private long[] dueNanos = new long[1024]; // these four after the start
    private long[] readyNanos = new long[1024];
    private long[] sentNanos = new long[1024];
    private long[] settledNanos = new long[1024];

    /** Begins a stretch at a moment of {@link System#nanoTime}. */
    Outcomes(long startNanos, Duration time) {
        this.startNanos = startNanos;
        this.time = time;
    }

    Duration time() {
        return time;
    }

    /** Nanoseconds from the start to a moment of {@link System#nanoTime}. */
    long sinceStart(long nanos) {
        return nanos - startNanos;
    }

    /**
     * Adds a request; the times are nanoseconds since the start.
     *
     * @param ready when it was due and there was a connection for it
     */
    void add(Outcome outcome, long due, long ready, long sent, long settled) {
        if (size == outcomes.length) {
            outcomes = Arrays.copyOf(outcomes, 2 * size);
            dueNanos = Arrays.copyOf(dueNanos, 2 * size);
            readyNanos = Arrays.copyOf(readyNanos, 2 * size);
            sentNanos = Arrays.copyOf(sentNanos, 2 * size);
            settledNanos = Arrays.copyOf(settledNanos, 2 * size);
        }
        outcomes[size] = outcome;
        dueNanos[size] = due;
        readyNanos[size] = ready;
        sentNanos[size] = sent;
        settledNanos[size] = settled;
        size++;
    }

    int count(Outcome outcome) {
        return (int) of(outcome).count();
    }

    int sent() {
        return size - count(Outcome.UNSENT);
    }

    double plannedPerSecond() {
        return perSecond(size);
    }

    /** How many went out while the time had not passed. */
    double sentPerSecond() {
        return perSecond(sent());
    }

    /** How many came to this while the time had not passed: what came later is no throughput of this stretch. */
    double perSecond(Outcome outcome) {
        return perSecond(
                of(outcome).filter(i -> settledNanos[i] < time.toNanos()).count());
    }

    /** A percentile of the milliseconds from when the requests were due until they came to this. */
    OptionalDouble millisAt(double percent, Outcome outcome) {
        return millisAt(percent, of(outcome).mapToLong(this::latencyNanos));
    }

    /** How many had to wait for a free connection. */
    long waited() {
        return IntStream.range(0, size).filter(i -> readyNanos[i] > dueNanos[i]).count();
    }

    /** A percentile of the milliseconds by which the generator itself was late, having a connection. */
    OptionalDouble behindMillisAt(double percent) {
        return millisAt(
                percent,
                IntStream.range(0, size)
                        .filter(i -> outcomes[i] != Outcome.UNSENT)
                        .mapToLong(i -> sentNanos[i] - readyNanos[i]));
    }

    /** The stretch second by second, each with the requests that were due in it. */
    List<BackToNormal.Second> seconds() {
        List<BackToNormal.Second> seconds = new ArrayList<>();
        for (long second = 0; second < time.toSeconds(); second++) {
            long from = TimeUnit.SECONDS.toNanos(second);
            long to = TimeUnit.SECONDS.toNanos(second + 1);
            int[] here = IntStream.range(0, size)
                    .filter(i -> dueNanos[i] >= from && dueNanos[i] < to)
                    .toArray();
            LongStream accepted = Arrays.stream(here)
                    .filter(i -> outcomes[i] == Outcome.ACCEPTED)
                    .mapToLong(this::latencyNanos);
            long others = Arrays.stream(here)
                    .filter(i -> outcomes[i] != Outcome.ACCEPTED)
                    .count();
            seconds.add(new BackToNormal.Second(others, millisAt(P99, accepted)));
        }
        return seconds;
    }

    private IntStream of(Outcome outcome) {
        return IntStream.range(0, size).filter(i -> outcomes[i] == outcome);
    }

    private long latencyNanos(int i) {
        return settledNanos[i] - dueNanos[i];
    }

    private double perSecond(long count) {
        return count * 1e9 / time.toNanos();
    }

    private static OptionalDouble millisAt(double percent, LongStream nanos) {
        long[] all = nanos.toArray();
        return all.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Latencies.of(List.of(all)).millisAt(percent));
    }
}
