package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Latencies when the service is offered half of the writes it can do, open-loop; and those of the others at the same
 * rate, which tell how much of it is the machine and the client.
 */
final class HalfOfPeak {

    /** As many as may be inside the service: more would be turned away after a pause, and not be in its figures. */
    private static final int CONNECTIONS_MAX = 64;

    private static final Duration PEAK = Duration.ofSeconds(10);

    private final Failures failures;
    private final PrintStream out;

    HalfOfPeak(Failures failures, PrintStream out) {
        this.failures = failures;
        this.out = out;
    }

    /** Measures each in turn, at half of what the first one can do. */
    void measure(List<Contender> contenders, Duration time) throws IOException {
        double peak = run(contenders.getFirst(), new Pace.Closed(32), PEAK).perSecond(Outcome.ACCEPTED);
        out.printf(Locale.ROOT, "%nhalf of the peak of %,.0f writes/s, open-loop:%n", peak);
        for (Contender contender : contenders) {
            Outcomes outcomes = run(contender, new Pace.Open((int) (peak / 2), CONNECTIONS_MAX), time);
            out.printf(
                    Locale.ROOT,
                    "%s, %d s: sent %,.0f/s, accepted %,.0f/s; ms from when each was due: p50 %.2f, p99 %.2f,"
                            + " p99.9 %.2f, max %.1f; the generator was behind by p99 %.2f%n",
                    contender.kind().title(),
                    time.toSeconds(),
                    outcomes.sentPerSecond(),
                    outcomes.perSecond(Outcome.ACCEPTED),
                    outcomes.millisAt(50, Outcome.ACCEPTED).orElse(Double.NaN),
                    outcomes.millisAt(99, Outcome.ACCEPTED).orElse(Double.NaN),
                    outcomes.millisAt(99.9, Outcome.ACCEPTED).orElse(Double.NaN),
                    outcomes.millisAt(100, Outcome.ACCEPTED).orElse(Double.NaN),
                    outcomes.behindMillisAt(99).orElse(Double.NaN));
        }
    }

    private Outcomes run(Contender contender, Pace pace, Duration time) throws IOException {
        Requests requests =
                StockLoad.ADJUST_MANY.requests(contender.uri(), contender.kind().skus());
        try (LoadGenerator generator = new LoadGenerator(contender.uri(), requests, failures)) {
            Outcomes outcomes = generator.run(pace, time, this::progress);
            generator.drain();
            return outcomes;
        }
    }

    private void progress(Outcomes soFar) {
        if (soFar.sinceStart(System.nanoTime()) / 1_000_000_000 % 10 == 0) {
            out.printf(Locale.ROOT, "half of the peak: %,d accepted%n", soFar.count(Outcome.ACCEPTED));
        }
    }
}
