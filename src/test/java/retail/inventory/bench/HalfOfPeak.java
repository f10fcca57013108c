package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** The service's latency when it is offered half of the writes it can do, open-loop. */
final class HalfOfPeak {

    /** As many as may be inside the service: more would be turned away after a pause, and not be in its figures. */
    private static final int CONNECTIONS_MAX = 64;

    private static final Duration PEAK = Duration.ofSeconds(10);

    private final Contender service;
    private final Failures failures;
    private final PrintStream out;

    HalfOfPeak(Contender service, Failures failures, PrintStream out) {
        this.service = service;
        this.failures = failures;
        this.out = out;
    }

    void measure(Duration time) throws IOException {
        Requests requests =
                StockLoad.ADJUST_MANY.requests(service.uri(), service.kind().skus());
        try (LoadGenerator generator = new LoadGenerator(service.uri(), requests, failures)) {
            double peak = generator.run(new Pace.Closed(32), PEAK, soFar -> {}).perSecond(Outcome.ACCEPTED);
            generator.drain();
            Outcomes outcomes = generator.run(new Pace.Open((int) (peak / 2), CONNECTIONS_MAX), time, this::progress);
            generator.drain();
            out.printf(
                    Locale.ROOT,
                    "%nhalf of the peak of %,.0f writes/s, open-loop, %d s: sent %,.0f/s, accepted %,.0f/s;"
                            + " ms from when each was due: p50 %.2f, p99 %.2f, p99.9 %.2f, max %.1f;"
                            + " the generator was behind by p99 %.2f%n",
                    peak,
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

    private void progress(Outcomes soFar) {
        if (soFar.sinceStart(System.nanoTime()) / 1_000_000_000 % 10 == 0) {
            out.printf(Locale.ROOT, "half of the peak: %,d accepted%n", soFar.count(Outcome.ACCEPTED));
        }
    }
}
