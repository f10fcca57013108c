package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import retail.inventory.lab.Findings;
import retail.inventory.lab.LoadGenerator;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Pace;
import retail.inventory.lab.Program;
import retail.inventory.lab.Requests;
import retail.inventory.lab.ServiceProcess;

/**
 * Measures how long after a write was acknowledged the central view shows it, over HTTP, at a fixed rate: of adjusts, then
 * of holds, each of which lapses after some seconds. Exits with 1 when anything was not answered as it must be.
 */
public final class CentralFreshness {

    private static final int CONNECTIONS = 32;
    private static final int SKUS = 20_000;
    private static final int LAST_SECONDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
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

    /**
     * Arguments: a directory for the data, how many processes (two: one for the writes, one for the central queries), the rate,
     * and for how many seconds.
     */
    public static void main(String[] args) {
        Program.run("FRESHNESS", (failures, out) -> {
            boolean two = args[1].equals("2");
            int rate = Integer.parseInt(args[2]);
            Duration time = Duration.ofSeconds(Integer.parseInt(args[3]));
            try (ServiceProcess api = start(args[0], two ? "--inventory.role=api" : "");
                    ServiceProcess worker = two ? start(args[0], "--inventory.role=worker") : api) {
                CentralFreshness freshness = new CentralFreshness(api.uri(), worker.uri(), rate, failures, out);
                out.printf(
                        "%,d writes/s by %d connections, %d s after %d s of warming up%n",
                        rate, CONNECTIONS, time.toSeconds(), WARM_UP.toSeconds());
                Throughput.fill(api.uri(), SKUS, failures);
                freshness.measure("adjusts", StockLoad.ADJUST_MANY.requests(api.uri(), SKUS), time);
                freshness.measure("holds", HoldRequests.of(api.uri(), SKUS, 1, LAST_SECONDS)::place, time);
                return "";
            }
        });
    }

    private static ServiceProcess start(String data, String role) throws IOException {
        ServiceProcess process =
                ServiceProcess.launchMeasured(List.of(), ServiceProcess.JAR, Path.of(data), Map.of(), role);
        URI _ = process.uri();
        return process;
    }

    private void measure(String what, Requests requests, Duration time) throws IOException {
        try (LoadGenerator generator = new LoadGenerator(writes, requests, failures)) {
            sample(what + ", warming up", generator, WARM_UP);
            Sampled sampled = sample(what, generator, time);
            print(what, sampled.outcomes(), sampled.freshness(), sampled.queries());
        }
    }

    private record Sampled(Outcomes outcomes, Histogram freshness, double queries) {}

    private Sampled sample(String what, LoadGenerator generator, Duration time) throws IOException {
        try (VisibilitySampler sampler = new VisibilitySampler(central, failures)) {
            generator.onAccepted(sampler::offer);
            Outcomes outcomes = generator.run(what, new Pace.Open(rate, CONNECTIONS), time, out);
            generator.drain();
            return new Sampled(outcomes, sampler.finish(), sampler.queriesPerSample());
        }
    }

    private void print(String what, Outcomes writes, Histogram freshness, double queriesPerSample) {
        out.println(what);
        double perSecond = writes.perSecond(Outcome.ACCEPTED);
        out.printf(
                "writes/s          %,.0f of %,d (%,d acknowledged, %,d were due and not sent)%n",
                perSecond, rate, writes.count(Outcome.ACCEPTED), writes.count(Outcome.UNSENT));
        if (perSecond < REACHED * rate) {
            out.println("                  THE RATE WAS NOT REACHED: the times below are those of fewer writes");
        }
        out.printf("ms per write      %s, from when it was due%n", writes.millis(Outcome.ACCEPTED, 50, 99, 100));
        out.printf("ms until visible  %s (target: p99 at most 50 ms)%n", Outcomes.millis(freshness, 50, 99, 100));
        out.printf("                  %,d samples, %.2f GETs each%n", freshness.getTotalCount(), queriesPerSample);
        out.printf("errors            %,d (those of warming up count)%n", failures.total());
    }
}
