package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import retail.inventory.bench.LoadTable.Phase;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.LoadGenerator;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Pace;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;

/**
 * What becomes of the service when it is asked for more writes than it can do. First its peak is measured, then it is
 * offered multiples of that at a fixed rate, and in the end half of it again. Client and service share the machine: what
 * the client takes of it the service lacks.
 */
public final class Overload {

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration WARM_UP_OVERLOAD = Duration.ofSeconds(10);
    private static final Pace.Closed AT_PEAK = new Pace.Closed(64);
    private static final int PEAK_WINDOWS_MAX = 15;
    private static final int WORSE_WINDOWS = 3;
    private static final Duration PEAK_WINDOW = Duration.ofSeconds(3);
    private static final int SKUS = 20_000;
    private static final int CONNECTIONS_MAX = 1500;

    private final PrintStream out;
    private final ServiceProcess service;
    private final LoadGenerator generator;
    private final List<Outcomes> loads = new ArrayList<>();

    private Overload(ServiceProcess service, LoadGenerator generator, PrintStream out) {
        this.out = out;
        this.service = service;
        this.generator = generator;
    }

    /**
     * Arguments: a directory for the data, seconds per phase, and, to slow its syncs, a library that does it and the
     * microseconds.
     */
    public static void main(String[] args) {
        Program.run("OVERLOAD", (_, out) -> {
            Map<String, String> slowed =
                    args.length > 2 ? Map.of("LD_PRELOAD", args[2], "SYNC_DELAY_US", args[3]) : Map.of();
            Path data = Path.of(args[0], "data");
            Findings counted = new Findings(out); // some requests may fail: how many is in the table
            try (ServiceProcess service = ServiceProcess.launchMeasured(List.of(), ServiceProcess.JAR, data, slowed);
                    LoadGenerator generator = new LoadGenerator(
                            service.uri(), StockLoad.ADJUST_MANY.requests(service.uri(), SKUS), counted)) {
                new Overload(service, generator, out).measure(Duration.ofSeconds(Integer.parseInt(args[1])));
            }
            return "";
        });
    }

    private void measure(Duration time) throws IOException {
        Phase _ = run("warming up", AT_PEAK, WARM_UP);
        double peak = peak();
        generator.drain();
        // Once unmeasured, so that refusing is compiled and the web server has as many buffers as it ever keeps.
        Phase _ = run("warming up to the overload", open(4 * peak), WARM_UP_OVERLOAD);
        generator.drain();
        List<Phase> phases = new ArrayList<>();
        for (double times : new double[] {0.5, 1, 2}) {
            phases.add(lastBeforeACollection(Phase.name(times), open(times * peak), time));
        }
        // Nothing comes between these two, neither waiting nor a collection: how the service recovers is to be seen.
        phases.add(run(Phase.name(4), open(4 * peak), time));
        phases.add(lastBeforeACollection("after", open(0.5 * peak), time));
        LoadTable.print(phases, peak, out);
        OverloadTargets targets = new OverloadTargets(out);
        targets.judge(phases, peak);
        targets.judgeBalance(count(Outcome.ACCEPTED), count(Outcome.FAILED), storedWrites());
    }

    private Phase lastBeforeACollection(String name, Pace pace, Duration time) throws IOException {
        Phase phase = run(name, pace, time);
        generator.drain();
        return phase.withHeap(service.heapMibAfterGc());
    }

    /**
     * The most writes per second that a number of clients got done, each waiting for its answer. A JVM goes on to get
     * faster for a while, so it is measured until several windows in a row have brought no more.
     */
    private double peak() throws IOException {
        double peak = 0;
        int worse = 0;
        for (int window = 1; window <= PEAK_WINDOWS_MAX && worse < WORSE_WINDOWS; window++) {
            Phase phase = run("peak", AT_PEAK, PEAK_WINDOW);
            double goodput = phase.outcomes().perSecond(Outcome.ACCEPTED);
            worse = goodput > peak ? 0 : worse + 1;
            peak = Math.max(peak, goodput);
            out.printf(
                    "peak, window %d: %,.0f writes/s, %.2f cores of service, %.2f of client, %,d rejected%n",
                    window,
                    goodput,
                    phase.serviceCores(),
                    phase.clientCores(),
                    phase.outcomes().count(Outcome.REJECTED));
        }
        return peak;
    }

    private static Pace open(double perSecond) {
        return new Pace.Open(Math.max(1, (int) Math.round(perSecond)), CONNECTIONS_MAX);
    }

    private Phase run(String name, Pace pace, Duration time) throws IOException {
        Duration serviceBefore = service.cpu();
        Duration clientBefore = ownCpu();
        long openedBefore = generator.opened();
        long start = System.nanoTime();
        Outcomes outcomes = generator.run(name, pace, time, out);
        loads.add(outcomes);
        double elapsed = System.nanoTime() - start;
        return new Phase(
                name,
                outcomes,
                service.cpu().minus(serviceBefore).toNanos() / elapsed,
                ownCpu().minus(clientBefore).toNanos() / elapsed,
                generator.opened() - openedBefore,
                OptionalDouble.empty());
    }

    private long count(Outcome outcome) {
        return loads.stream().mapToLong(load -> load.count(outcome)).sum();
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The sum of all versions: each write made one. */
    private long storedWrites() throws IOException {
        long sum = 0;
        try (Client client = new Client(service.uri())) {
            for (String store : StockLoad.stores()) {
                sum += Client.records(client::get, store).values().stream()
                        .mapToLong(record -> Answer.number(record, "version"))
                        .sum();
            }
        }
        return sum;
    }
}
