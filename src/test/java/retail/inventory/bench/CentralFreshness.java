package retail.inventory.bench;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import retail.inventory.lab.Findings;
import retail.inventory.lab.LoadGenerator;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Pace;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;

/**
 * Measures how long after a write was acknowledged the central view shows it, over HTTP, at a fixed rate of writes. Arguments: a
 * directory for the data, how many processes (two: one for the writes, one for the central queries), the rate, and for how
 * many seconds. Exits with 1 when anything was not answered as it must be.
 */
public final class CentralFreshness {

    private static final int CONNECTIONS = 32;
    private static final int SKUS = 20_000;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final long PROGRESS_SECONDS = 5;
    /** Of the rate; below it the times are those of another load. */
    private static final double REACHED = 0.99;

    private final URI writes;
    private final URI central;
    private final int rate;
    private final Findings failures;
    private final PrintStream out;

    private CentralFreshness(URI writes, URI central, int rate, Findings failures, PrintStream out) {
        this.writes = writes;
        this.central = central;
        this.rate = rate;
        this.failures = failures;
        this.out = out;
    }

    /** Measures. */
    public static void main(String[] args) {
        Program.run("FRESHNESS", (failures, out) -> {
            boolean two = args[1].equals("2");
            int rate = positive("RATE", args[2]);
            Duration time = Duration.ofSeconds(positive("SECONDS", args[3]));
            try (ServiceProcess api = start(args[0], two ? "--inventory.role=api" : "");
                    ServiceProcess worker = two ? start(args[0], "--inventory.role=worker") : api) {
                CentralFreshness freshness = new CentralFreshness(api.uri(), worker.uri(), rate, failures, out);
                out.printf(
                        "%,d writes/s by %d connections, %d s after %d s of warming up%n",
                        rate, CONNECTIONS, time.toSeconds(), WARM_UP.toSeconds());
                freshness.measure("warming up", WARM_UP, false);
                freshness.measure("measuring", time, true);
                return "";
            }
        });
    }

    private static ServiceProcess start(String data, String role) throws Exception {
        ServiceProcess process = ServiceProcess.launchMeasured(
                List.of(),
                ServiceProcess.JAR,
                Path.of(data),
                Map.of(),
                role.isEmpty() ? new String[0] : new String[] {role});
        URI _ = process.uri();
        return process;
    }

    private void measure(String what, Duration time, boolean print) throws Exception {
        try (VisibilitySampler sampler = new VisibilitySampler(central, failures);
                LoadGenerator generator =
                        new LoadGenerator(writes, StockLoad.ADJUST_MANY.requests(writes, SKUS), failures)) {
            generator.onAccepted(sampler::offer);
            Outcomes outcomes = generator.run(new Pace.Open(rate, CONNECTIONS), time, soFar -> {
                if (soFar.sinceStart(System.nanoTime()) / 1_000_000_000 % PROGRESS_SECONDS == 0) {
                    out.printf(
                            "%s: %,d writes, %,d samples, %,d errors%n",
                            what, soFar.count(Outcome.ACCEPTED), sampler.taken(), failures.total());
                }
            });
            generator.drain();
            Histogram freshness = sampler.finish();
            if (print) {
                print(outcomes, freshness, sampler.queriesPerSample());
            }
        }
    }

    private void print(Outcomes writes, Histogram freshness, double queriesPerSample) {
        out.printf(
                "writes/s          %,.0f of %,d (%,d acknowledged, %,d were due and not sent)%n",
                writes.perSecond(Outcome.ACCEPTED), rate, writes.count(Outcome.ACCEPTED), writes.count(Outcome.UNSENT));
        if (writes.perSecond(Outcome.ACCEPTED) < REACHED * rate) {
            out.println("                  THE RATE WAS NOT REACHED: the times below are those of fewer writes");
        }
        out.printf(
                "ms per write      p50 %.2f  p99 %.2f  max %.2f, from when it was due%n",
                at(writes.millisAt(50, Outcome.ACCEPTED)),
                at(writes.millisAt(99, Outcome.ACCEPTED)),
                at(writes.millisAt(100, Outcome.ACCEPTED)));
        out.printf(
                "ms until visible  p50 %.2f  p99 %.2f  max %.2f (target: p99 at most 50 ms)%n",
                at(Outcomes.millisAt(50, freshness)),
                at(Outcomes.millisAt(99, freshness)),
                at(Outcomes.millisAt(100, freshness)));
        out.printf("                  %,d samples, %.2f GETs each%n", freshness.getTotalCount(), queriesPerSample);
        out.printf("errors            %,d (those of warming up count)%n", failures.total());
    }

    private static double at(OptionalDouble millis) {
        return millis.orElse(Double.NaN);
    }

    private static int positive(String name, String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + value);
        }
        return number;
    }
}
