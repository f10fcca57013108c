package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

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
    private static final int CONNECTIONS_MAX = 1500;
    private static final long PROGRESS_SECONDS = 5;

    private final PrintStream out;
    private final ServiceProbe service;
    private final ServiceProbe client;
    private final LoadGenerator generator;
    private final List<Outcomes> loads = new ArrayList<>();

    private Overload(URI baseUrl, ProcessHandle process, LoadGenerator generator, PrintStream out) {
        this.out = out;
        this.service = new ServiceProbe(baseUrl, process);
        this.client = new ServiceProbe(baseUrl, ProcessHandle.current());
        this.generator = generator;
    }

    /** Arguments: where the service is, the id of its process, seconds per phase. */
    public static void main(String[] args) throws Exception {
        URI baseUrl = URI.create(args[0]);
        ProcessHandle process = ProcessHandle.of(Long.parseLong(args[1])).orElseThrow();
        int seconds = Integer.parseInt(args[2]);
        if (seconds < 1) {
            throw new IllegalArgumentException("SECONDS is at least 1, not " + seconds);
        }
        PrintStream out = System.out;
        Failures failures = new Failures(out);
        try (LoadGenerator generator = new LoadGenerator(baseUrl, new EncodedWrites(baseUrl), failures)) {
            new Overload(baseUrl, process, generator, out).measure(Duration.ofSeconds(seconds));
        }
    }

    private void measure(Duration time) throws IOException, InterruptedException {
        run("warming up", AT_PEAK, WARM_UP);
        double peak = peak();
        generator.drain();
        // Once unmeasured, so that refusing is compiled and the web server has as many buffers as it ever keeps.
        run("warming up to the overload", open(4 * peak), WARM_UP_OVERLOAD);
        generator.drain();
        List<LoadPhase> phases = new ArrayList<>();
        for (double times : new double[] {0.5, 1, 2}) {
            LoadPhase phase = run(LoadPhase.name(times), open(times * peak), time);
            generator.drain();
            phases.add(phase.withHeap(service.heapMibAfterGc()));
        }
        // Nothing comes between these two, neither waiting nor a collection: how the service recovers is to be seen.
        phases.add(run(LoadPhase.name(4), open(4 * peak), time));
        LoadPhase after = run("after", open(0.5 * peak), time);
        generator.drain();
        phases.add(after.withHeap(service.heapMibAfterGc()));
        LoadTable.print(phases, peak, out);
        OverloadTargets targets = new OverloadTargets(out);
        targets.judge(phases, peak);
        targets.judgeBalance(count(Outcome.ACCEPTED), count(Outcome.FAILED), service.storedWrites());
    }

    /**
     * The most writes per second that a number of clients got done, each waiting for its answer. A JVM goes on to get
     * faster for a while, so it is measured until several windows in a row have brought no more.
     */
    private double peak() throws IOException {
        double peak = 0;
        int worse = 0;
        for (int window = 1; window <= PEAK_WINDOWS_MAX && worse < WORSE_WINDOWS; window++) {
            LoadPhase phase = run("peak", AT_PEAK, PEAK_WINDOW);
            double goodput = phase.outcomes().perSecond(Outcome.ACCEPTED);
            worse = goodput > peak ? 0 : worse + 1;
            peak = Math.max(peak, goodput);
            out.printf(
                    Locale.ROOT,
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

    private LoadPhase run(String name, Pace pace, Duration time) throws IOException {
        Duration serviceBefore = service.cpu();
        Duration clientBefore = client.cpu();
        long openedBefore = generator.opened();
        long start = System.nanoTime();
        Outcomes outcomes = generator.run(pace, time, soFar -> progress(name, soFar));
        loads.add(outcomes);
        double elapsed = System.nanoTime() - start;
        return new LoadPhase(
                name,
                outcomes,
                service.cpu().minus(serviceBefore).toNanos() / elapsed,
                client.cpu().minus(clientBefore).toNanos() / elapsed,
                generator.opened() - openedBefore,
                OptionalDouble.empty());
    }

    private void progress(String name, Outcomes soFar) {
        long second = soFar.sinceStart(System.nanoTime()) / 1_000_000_000;
        if (second % PROGRESS_SECONDS == 0) {
            out.printf(
                    Locale.ROOT,
                    "%s: %d s, %,d accepted, %,d rejected, %,d failed, %,d connections%n",
                    name,
                    second,
                    soFar.count(Outcome.ACCEPTED),
                    soFar.count(Outcome.REJECTED),
                    soFar.count(Outcome.FAILED),
                    generator.open());
        }
    }

    private long count(Outcome outcome) {
        return loads.stream().mapToLong(load -> load.count(outcome)).sum();
    }
}
