package retail.inventory.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;

/**
 * What became of the requests of one load. Latency counts from when a request was due, whenever it was sent: a generator that waits
 * for answers would else leave out the slowest ones. Not thread-safe.
 */
public final class Outcomes {

    private static final int DIGITS = 3;
    private static final Histogram NONE = new Histogram(DIGITS);
    private static final double MICROS_PER_MILLI = 1_000;

    private final long startNanos;
    private final Duration time;
    private final Map<Outcome, Histogram> micros = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Long> inTime = new EnumMap<>(Outcome.class);
    private final Histogram behindMicros = new Histogram(DIGITS);
    private final List<Histogram> acceptedOfSeconds = new ArrayList<>();
    private final long[] othersOfSeconds;
    private long waited;

    /**
     * What became of the requests that were due in a second.
     *
     * @param notAccepted how many of them were not
     * @param p99Millis of those that were
     */
    public record Second(long notAccepted, OptionalDouble p99Millis) {}

    Outcomes(long startNanos, Duration time) {
        this.startNanos = startNanos;
        this.time = time;
        int seconds = Math.toIntExact(time.toSeconds());
        this.othersOfSeconds = new long[seconds];
        for (int i = 0; i < seconds; i++) {
            acceptedOfSeconds.add(new Histogram(DIGITS));
        }
    }

    public Duration time() {
        return time;
    }

    /** A moment as nanoseconds after the start. */
    public long sinceStart(long nanos) {
        return nanos - startNanos;
    }

    /**
     * Adds a request.
     *
     * @param due when it was due, in nanoseconds after the start like the others
     * @param ready when it could have been sent, for there was a connection
     * @param sent when it was sent
     * @param settled when its outcome was known
     */
    void add(Outcome outcome, long due, long ready, long sent, long settled) {
        long latency = TimeUnit.NANOSECONDS.toMicros(Math.max(0, settled - due));
        micros.computeIfAbsent(outcome, _ -> new Histogram(DIGITS)).recordValue(latency);
        if (settled < time.toNanos()) {
            inTime.merge(outcome, 1L, Long::sum);
        }
        waited += ready > due ? 1 : 0;
        if (outcome != Outcome.UNSENT) {
            behindMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, sent - ready)));
        }
        int second = (int) TimeUnit.NANOSECONDS.toSeconds(due);
        if (second < othersOfSeconds.length) {
            if (outcome == Outcome.ACCEPTED) {
                acceptedOfSeconds.get(second).recordValue(latency);
            } else {
                othersOfSeconds[second]++;
            }
        }
    }

    public long count(Outcome outcome) {
        return micros.getOrDefault(outcome, NONE).getTotalCount();
    }

    public long sent() {
        return all() - count(Outcome.UNSENT);
    }

    public double plannedPerSecond() {
        return perSecond(all());
    }

    public double sentPerSecond() {
        return perSecond(sent());
    }

    /** Only those that were settled in time. */
    public double perSecond(Outcome outcome) {
        return perSecond(inTime.getOrDefault(outcome, 0L));
    }

    public OptionalDouble millisAt(double percent, Outcome outcome) {
        return millisAt(percent, micros.getOrDefault(outcome, NONE));
    }

    /** How many requests were due when all connections were busy. */
    public long waited() {
        return waited;
    }

    /** How late requests were sent although there was a connection. */
    public OptionalDouble behindMillisAt(double percent) {
        return millisAt(percent, behindMicros);
    }

    public List<Second> seconds() {
        List<Second> seconds = new ArrayList<>();
        for (int i = 0; i < othersOfSeconds.length; i++) {
            seconds.add(new Second(othersOfSeconds[i], millisAt(99, acceptedOfSeconds.get(i))));
        }
        return seconds;
    }

    /** Percentiles of those of an outcome, such as {@code p50 0.52  p99 1.20  max 3.10}. */
    public String millis(Outcome outcome, double... percents) {
        return millis(micros.getOrDefault(outcome, NONE), percents);
    }

    /** Percentiles of what was measured in microseconds. */
    public static String millis(Histogram micros, double... percents) {
        return DoubleStream.of(percents)
                .mapToObj(percent -> String.format(
                        "%s %.2f",
                        percent == 100 ? "max" : "p" + String.valueOf(percent).replaceFirst("\\.0$", ""),
                        millisAt(percent, micros).orElse(Double.NaN)))
                .collect(Collectors.joining("  "));
    }

    private static OptionalDouble millisAt(double percent, Histogram micros) {
        return micros.getTotalCount() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(micros.getValueAtPercentile(percent) / MICROS_PER_MILLI);
    }

    private long all() {
        return micros.values().stream().mapToLong(Histogram::getTotalCount).sum();
    }

    private double perSecond(long count) {
        return count * 1e9 / time.toNanos();
    }

    /** How far it is. */
    @Override
    public String toString() {
        return String.format(
                "%d s, %,d accepted, %,d rejected, %,d failed",
                TimeUnit.NANOSECONDS.toSeconds(sinceStart(System.nanoTime())),
                count(Outcome.ACCEPTED),
                count(Outcome.REJECTED),
                count(Outcome.FAILED));
    }
}
