package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import retail.inventory.bench.ThroughputTable.Measured;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.LoadGenerator;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Pace;
import retail.inventory.lab.Program;

/**
 * How many requests a second the service answers, beside others behind the same routes and in the same run: all are
 * started, and each load goes to each of them in turn, several rounds. Client and contender share the machine.
 */
public final class Throughput {

    static final int CONNECTIONS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    /** Sold out soon, so that refusals count as well. */
    private static final int FOR_SALE = 10_000;

    private static final Path RECORDED = Path.of("bench/ratios.properties");

    private final ThroughputOptions options;
    private final Findings failures;
    private final PrintStream out;
    private final List<Contender> contenders = new ArrayList<>();
    private final ThroughputTable table;

    private Throughput(ThroughputOptions options, Findings failures, PrintStream out) {
        this.options = options;
        this.failures = failures;
        this.out = out;
        this.table = new ThroughputTable(options.rounds());
    }

    /** Arguments: those of {@link ThroughputOptions}. */
    public static void main(String[] args) {
        ThroughputOptions options = ThroughputOptions.of(args);
        Program.run("THROUGHPUT", (failures, out) -> new Throughput(options, failures, out).run());
    }

    private String run() throws IOException {
        for (int start = 1; start <= options.starts(); start++) {
            try {
                start(options.directory().resolve("start-" + start), start % 2 == 0);
                warmUp();
                for (int round = 1; round <= options.rounds(); round++) {
                    measureInTurn(round);
                }
                if (options.half() > 0 && start == 1) {
                    new HalfOfPeak(failures, out).measure(contenders, Duration.ofSeconds(options.half()));
                }
            } finally {
                contenders.forEach(Contender::close);
                contenders.clear();
            }
        }
        table.print(out);
        String failed = String.format("%,d requests failed", failures.total());
        if (options.check()) {
            boolean holds = ThroughputTable.holds(table.ratios(), RECORDED, out);
            failures.require(holds, Kind.OTHER, "a ratio fell");
        }
        return failed;
    }

    /** Every other time the other way round: who comes after another finds the machine a little busier. */
    private void start(Path work, boolean reversed) throws IOException {
        List<Contender.Kind> kinds = Contender.Kind.of(options);
        if (options.keys()) {
            out.println("the service with 10,000 keys: starting");
            contenders.addAll(Contender.withKeys(work, options));
            return;
        }
        for (Contender.Kind kind : reversed ? kinds.reversed() : kinds) {
            out.println(kind.title() + ": starting");
            contenders.add(Contender.start(kind, work, options));
        }
    }

    private void warmUp() throws IOException {
        for (Contender contender : contenders) {
            if (contender.kind().isFilledByRequests()) {
                out.println(contender.kind().title() + ": filling it");
                fill(contender.uri(), contender.kind().skus(), failures);
            }
        }
        for (StockLoad load : options.loads()) {
            for (Contender contender : thoseThatTake(load)) {
                out.println(contender.kind().title() + ": warming up, " + load.title());
                Measured _ = measure(contender, load, WARM_UP);
            }
        }
    }

    /** Puts some units of each of so many SKUs there. */
    static void fill(URI uri, int skus, Findings failures) throws IOException {
        try (LoadGenerator generator = new LoadGenerator(uri, StockLoad.filling(uri, skus), failures)) {
            long filled = 0;
            while (filled < skus) {
                Outcomes outcomes = generator.run(new Pace.Closed(CONNECTIONS), Duration.ofSeconds(1));
                generator.drain();
                filled += outcomes.count(Outcome.ACCEPTED);
            }
        }
    }

    /**
     * Loads in turn too, for some are compared with each other. Each round begins with another contender: whoever comes after a
     * load of writes shares the machine with what is left to do of it.
     */
    private void measureInTurn(int round) throws IOException {
        for (StockLoad load : options.loads()) {
            List<Contender> inTurn = new ArrayList<>(thoseThatTake(load));
            Collections.rotate(inTurn, round);
            for (Contender contender : inTurn) {
                Measured measured = measure(contender, load, Duration.ofSeconds(options.seconds()));
                table.add(load, contender.kind(), measured);
                out.printf(
                        "%s, round %d of %d, %s: %,.0f/s, %.0f us of CPU each%n",
                        load.title(),
                        round,
                        options.rounds(),
                        contender.kind().title(),
                        measured.perSecond(),
                        measured.cpuMicros());
            }
        }
    }

    private List<Contender> thoseThatTake(StockLoad load) {
        return contenders.stream()
                .filter(contender -> contender.kind().takes(load))
                .toList();
    }

    private Measured measure(Contender contender, StockLoad load, Duration time) throws IOException {
        if (load == StockLoad.RESERVE) {
            try (Client client = new Client(contender.uri())) {
                Answer answer = client.post(StockLoad.hotTarget() + "/adjust", null, "{\"delta\":" + FOR_SALE + "}");
                if (!answer.accepted()) {
                    throw new IOException("there is nothing to sell: " + answer);
                }
            }
        }
        try (LoadGenerator generator = new LoadGenerator(contender.uri(), contender.requests(load), failures)) {
            Duration before = contender.cpu();
            Outcomes outcomes = generator.run(new Pace.Closed(CONNECTIONS), time);
            Duration cpu = contender.cpu().minus(before);
            generator.drain();
            failures.require(
                    load == StockLoad.RESERVE || outcomes.count(Outcome.REFUSED) == 0, Kind.OTHER, load + ": refused");
            double perSecond = outcomes.perSecond(Outcome.ACCEPTED) + outcomes.perSecond(Outcome.REFUSED);
            return new Measured(perSecond, cpu.toNanos() / 1e3 / Math.max(1, perSecond * time.toNanos() / 1e9));
        }
    }
}
