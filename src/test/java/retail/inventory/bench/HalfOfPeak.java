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

/**
 * Latencies when the service is offered half of the writes it can do, open-loop; and those of the others at the same
 * rate, which tell how much of it is the machine and the client.
 */
record HalfOfPeak(Findings failures, PrintStream out) {

    /** As many as may be inside the service: more would be turned away after a pause, and not be in its figures. */
    private static final int CONNECTIONS_MAX = 64;

    private static final Duration PEAK = Duration.ofSeconds(10);

    /**
     * Before it counts, each gets the rate so long on the connections that it keeps: on new ones, at another pace, the JVM
     * compiles anew for a second or so.
     */
    private static final Duration LEAD_IN = Duration.ofSeconds(5);

    /** Measures each in turn, at half of what the first one can do. */
    void measure(List<Contender> contenders, Duration time) throws IOException {
        double peak = peak(contenders.getFirst());
        out.printf("%nhalf of the peak of %,.0f writes/s, open-loop:%n", peak);
        for (Contender contender : contenders) {
            try (LoadGenerator generator = generator(contender)) {
                Pace pace = new Pace.Open((int) (peak / 2), CONNECTIONS_MAX);
                tell(contender.kind().title() + ", before it counts", generator.run(pace, LEAD_IN));
                Outcomes outcomes = generator.run("half of the peak", pace, time, out);
                generator.drain();
                tell(contender.kind().title(), outcomes);
                out.println("p99 second by second: " + secondBySecond(outcomes));
            }
        }
    }

    private double peak(Contender contender) throws IOException {
        try (LoadGenerator generator = generator(contender)) {
            Outcomes outcomes = generator.run(new Pace.Closed(Throughput.CONNECTIONS), PEAK);
            generator.drain();
            return outcomes.perSecond(Outcome.ACCEPTED);
        }
    }

    private LoadGenerator generator(Contender contender) throws IOException {
        return new LoadGenerator(contender.uri(), contender.requests(StockLoad.ADJUST_MANY), failures);
    }

    private void tell(String who, Outcomes outcomes) {
        out.printf(
                "%s, %d s: sent %,.0f/s, accepted %,.0f/s; ms from when each was due: %s;"
                        + " the generator was behind by p99 %.2f%n",
                who,
                outcomes.time().toSeconds(),
                outcomes.sentPerSecond(),
                outcomes.perSecond(Outcome.ACCEPTED),
                outcomes.millis(Outcome.ACCEPTED, 50, 99, 99.9, 100),
                outcomes.behindMillisAt(99).orElse(Double.NaN));
    }

    private static String secondBySecond(Outcomes outcomes) {
        return outcomes.seconds().stream()
                .map(second -> String.format("%.1f", second.p99Millis().orElse(Double.NaN)))
                .collect(Collectors.joining(" "));
    }
}
