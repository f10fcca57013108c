package retail.inventory.bench;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import retail.inventory.ledger.Latencies;

/**
 * How long after a write was acknowledged the central view shows it, under writes at a fixed rate, all over HTTP.
 * Client and service share the machine: what the client takes of it the service lacks.
 */
public final class CentralFreshness {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final long PROGRESS_SECONDS = 5;
    /** A rate is reached when this much of it is. */
    private static final double REACHED = 0.99;

    private CentralFreshness() {}

    /**
     * Arguments: where to write, where to ask the central view, writes per second, seconds. Exits with 1 when a request
     * failed.
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        Failures failures = new Failures(out);
        URI writes = URI.create(args[0]);
        URI central = URI.create(args[1]);
        int rate = positive("RATE", args[2]);
        Duration time = Duration.ofSeconds(positive("SECONDS", args[3]));
        out.printf(
                Locale.ROOT,
                "%,d writes/s by %d connections, %d s after %d s of warming up%n",
                rate,
                PacedWrites.CONNECTIONS,
                time.toSeconds(),
                WARM_UP.toSeconds());
        measure("warming up", new PacedWrites(writes, rate, WARM_UP, failures), central, failures, out);
        print(measure("measuring", new PacedWrites(writes, rate, time, failures), central, failures, out), rate, out);
        out.printf(Locale.ROOT, "errors            %,d (those of warming up count)%n", failures.count());
        System.exit(failures.count() == 0 ? 0 : 1);
    }

    private record Figures(PacedWrites.Result writes, List<long[]> freshness, double queriesPerSample) {}

    private static Figures measure(
            String what, PacedWrites writes, URI central, Failures failures, PrintStream progress)
            throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        try (VisibilitySampler sampler = new VisibilitySampler(central, failures);
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            var _ = timer.scheduleAtFixedRate(
                    () -> progress.printf(
                            Locale.ROOT,
                            "%s: %.0f s, %,d writes, %,d samples, %,d errors%n",
                            what,
                            (System.nanoTime() - start) / 1e9,
                            writes.acknowledged(),
                            sampler.taken(),
                            failures.count()),
                    PROGRESS_SECONDS,
                    PROGRESS_SECONDS,
                    TimeUnit.SECONDS);
            PacedWrites.Result result = writes.run(sampler::offer);
            return new Figures(result, sampler.finish(), sampler.queriesPerSample());
        }
    }

    private static void print(Figures figures, int rate, PrintStream out) {
        PacedWrites.Result writes = figures.writes();
        out.printf(
                Locale.ROOT,
                "writes/s          %,.0f of %,d (%,d of %,d acknowledged in %.1f s)%n",
                writes.perSecond(),
                rate,
                writes.acknowledged(),
                writes.due(),
                writes.elapsed().toNanos() / 1e9);
        if (writes.acknowledged() < writes.due() || writes.perSecond() < REACHED * rate) {
            out.println("                  THE RATE WAS NOT REACHED: the times below are those of fewer writes");
        }
        out.println("ms per write      " + percentiles(writes.nanos()) + ", from when it was due");
        long samples =
                figures.freshness().stream().mapToLong(nanos -> nanos.length).sum();
        out.println("ms until visible  " + percentiles(figures.freshness()) + " (target: p99 at most 50 ms)");
        out.printf(Locale.ROOT, "                  %,d samples, %.2f GETs each%n", samples, figures.queriesPerSample());
    }

    private static String percentiles(List<long[]> nanos) {
        if (nanos.stream().allMatch(each -> each.length == 0)) {
            return "nothing was measured";
        }
        Latencies times = Latencies.of(nanos);
        return String.format(
                Locale.ROOT, "p50 %.2f  p99 %.2f  max %.2f", times.millisAt(50), times.millisAt(99), times.millisMax());
    }

    private static int positive(String name, String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + value);
        }
        return number;
    }
}
