package retail.inventory.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import retail.inventory.history.History;
import retail.inventory.lab.Aftermath;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tally;
import retail.inventory.lab.Traffic;
import retail.inventory.lab.Traffic.Style;
import retail.inventory.lab.Traffic.Target;

/** The service with its clients, who go on through its restarts. */
final class UnderLoad implements AutoCloseable {

    private static final Map<String, String> SETTINGS =
            Map.of("SNAPSHOT_EVERY_N_EVENTS", "1", "AUDIT_INTERVAL_MS", "1000", "IDEMP_TTL_MS", "86400000");
    private static final Set<String> HONEST = Set.of(Tally.READ_ONLY, Tally.OUTCOME_UNKNOWN, "overloaded");
    private static final Set<String> NOT_THERE_YET = Set.of("unknown-sku", "unknown-store");

    /** Before anything fails: a first segment that failed with nothing in it is made again under the same name. */
    private static final int FIRST = 12;

    private static final Duration FIRST_MAX = Duration.ofSeconds(30);

    private final Path dataDir;
    private final Findings findings;
    private final History history = new History();
    private final Tally tally;
    private final Aftermath aftermath;
    private final List<Readiness> readiness = new ArrayList<>();
    private final Traffic traffic;
    private volatile Target target;

    /** Starts the service on an empty directory, then its clients. */
    UnderLoad(Path dataDir, Findings findings) throws IOException {
        this.dataDir = dataDir;
        this.findings = findings;
        this.tally = new Tally(findings, HONEST, NOT_THERE_YET);
        Random random = new Random(1);
        this.aftermath = new Aftermath(dataDir, history, tally, findings, random);
        this.target = start();
        this.traffic = new Traffic(() -> target, Style.insisting(), "w", 0, random, findings, this::askReadiness);
        findings.require(
                Moments.within(FIRST_MAX, () -> tally.acknowledged() >= FIRST),
                Kind.OTHER,
                "nothing is acknowledged: " + target.process().output());
    }

    Path dataDir() {
        return dataDir;
    }

    History history() {
        return history;
    }

    Tally tally() {
        return tally;
    }

    Traffic traffic() {
        return traffic;
    }

    /** The service as it runs now. */
    ServiceProcess service() {
        return target.process();
    }

    /** What readiness said to the requests of the clients since a moment. */
    List<Readiness> readinessSince(long nanos) {
        synchronized (readiness) {
            return readiness.stream()
                    .filter(each -> each.askedNanos() - nanos > 0)
                    .toList();
        }
    }

    /** Waits until a write is accepted that was sent after a moment; the seconds that took. */
    double awaitWritable(long since, Duration max, String what) {
        boolean back = Moments.within(max, () -> tally.acceptedSentAfter(since));
        double seconds = Moments.secondsSince(since);
        findings.require(back, Kind.TOO_SLOW, what + ": not writable again after " + max.toSeconds() + " s");
        return seconds;
    }

    /** Waits until readiness says so. */
    void awaitReadiness(Duration max, Predicate<Readiness> good, String what) {
        long until = System.nanoTime();
        findings.require(
                Moments.within(max, () -> readinessSince(until).stream().anyMatch(good)),
                Kind.TOO_SLOW,
                what + ": readiness does not become good again");
    }

    /** Kills the service, starts it again and compares what is there with what was told. */
    void restart() throws IOException {
        restart(() -> null);
    }

    /** The same, and something is done with the disk while nobody uses it. */
    void restart(Traffic.Quiet<?> whileDown) throws IOException {
        target.process().kill();
        Object _ = traffic.quietly(() -> {
            Object _ = whileDown.run();
            Target next = start();
            int _ = aftermath.check(next.client());
            aftermath.checkHistory(); // while nothing is being asked, so that all that was seen has its operation
            target = next;
            return next;
        });
    }

    /** Ends the clients, then the service. */
    @Override
    public void close() {
        traffic.close();
        target.process().kill();
    }

    private Target start() throws IOException {
        ServiceProcess process = ServiceProcess.launch(dataDir, SETTINGS);
        return new Target(process, new RecordingClient(process.uri(), history, tally));
    }

    private void askReadiness(Target now) throws IOException {
        Answer alive = now.client().client().get("/health/liveness");
        findings.require(alive.status() == 200, Kind.FAILED_READ, "liveness was answered by " + alive);
        long asked = System.nanoTime();
        Readiness answer = Readiness.of(asked, now.client().client().get("/health/readiness"));
        findings.require(answer.isConsistent(), Kind.OTHER, "readiness contradicts itself: " + answer);
        synchronized (readiness) {
            readiness.add(answer);
        }
    }
}
