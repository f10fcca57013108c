package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import retail.inventory.lab.Findings;
import retail.inventory.lab.LoadGenerator;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Pace;
import retail.inventory.lab.Requests;

/**
 * Latencies when the service is offered half of the writes it can do, open-loop; and those of the others at the same
 * rate, which tell how much of it is the machine and the client.
 */
final class HalfOfPeak {

    /** As many as may be inside the service: more would be turned away after a pause, and not be in its figures. */
    private static final int CONNECTIONS_MAX = 64;

    private static final Duration PEAK = Duration.ofSeconds(10);

    /**
     * Before it counts, each gets the rate so long on the connections that it keeps: on new ones, at another pace, the JVM
     * compiles anew for a second or so.
     */
    private static final Duration LEAD_IN = Duration.ofSeconds(5);

    private final Findings failures;
    private final PrintStream out;

    HalfOfPeak(Findings failures, PrintStream out) {
        this.failures = failures;
        this.out = out;
    }

    /** Measures each in turn, at half of what the first one can do. */
    void measure(List<Contender> contenders, Duration time) throws IOException {
        double peak = peak(contenders.getFirst());
        out.printf("%nhalf of the peak of %,.0f writes/s, open-loop:%n", peak);
        for (Contender contender : contenders) {
            try (LoadGenerator generator = generator(contender)) {
                Pace pace = new Pace.Open((int) (peak / 2), CONNECTIONS_MAX);
                tell(contender.kind().title() + ", before it counts", generator.run(pace, LEAD_IN, soFar -> {}));
                Outcomes outcomes = generator.run(pace, time, this::progress);
                generator.drain();
                tell(contender.kind().title(), outcomes);
                out.println("p99 second by second: " + secondBySecond(outcomes));
            }
        }
    }

    private double peak(Contender contender) throws IOException {
        try (LoadGenerator generator = generator(contender)) {
            Outcomes outcomes = generator.run(new Pace.Closed(32), PEAK, soFar -> {});
            generator.drain();
            return outcomes.perSecond(Outcome.ACCEPTED);
        }
    }

    private LoadGenerator generator(Contender contender) throws IOException {
        Requests requests =
                StockLoad.ADJUST_MANY.requests(contender.uri(), contender.kind().skus());
        return new LoadGenerator(contender.uri(), requests, failures);
    }

    private void tell(String who, Outcomes outcomes) {
        out.printf(
                "%s, %d s: sent %,.0f/s, accepted %,.0f/s; ms from when each was due: p50 %.2f, p99 %.2f,"
                        + " p99.9 %.2f, max %.1f; the generator was behind by p99 %.2f%n",
                who,
                outcomes.time().toSeconds(),
                outcomes.sentPerSecond(),
                outcomes.perSecond(Outcome.ACCEPTED),
                outcomes.millisAt(50, Outcome.ACCEPTED).orElse(Double.NaN),
                outcomes.millisAt(99, Outcome.ACCEPTED).orElse(Double.NaN),
                outcomes.millisAt(99.9, Outcome.ACCEPTED).orElse(Double.NaN),
                outcomes.millisAt(100, Outcome.ACCEPTED).orElse(Double.NaN),
                outcomes.behindMillisAt(99).orElse(Double.NaN));
    }

    private static String secondBySecond(Outcomes outcomes) {
        return outcomes.seconds().stream()
                .map(second -> String.format("%.1f", second.p99Millis().orElse(Double.NaN)))
                .collect(Collectors.joining(" "));
    }

    private void progress(Outcomes soFar) {
        if (soFar.sinceStart(System.nanoTime()) / 1_000_000_000 % 10 == 0) {
            out.printf("half of the peak: %,d accepted%n", soFar.count(Outcome.ACCEPTED));
        }
    }
}
