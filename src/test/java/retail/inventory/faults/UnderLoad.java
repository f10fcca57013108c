package retail.inventory.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import retail.inventory.history.Verdict;
import retail.inventory.lab.Aftermath;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.ClientRecord;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tally;
import retail.inventory.lab.Traffic;
import retail.inventory.lab.Traffic.Style;
import retail.inventory.lab.Traffic.Target;

/** The service with its clients, who go on through its restarts. */
final class UnderLoad implements AutoCloseable {

    /** Before anything fails: a first segment that failed with nothing in it is made again under the same name. */
    private static final int FIRST = 12;

    private static final Duration FIRST_MAX = Duration.ofSeconds(30);

    private final ClientRecord told;
    private final Findings findings;
    private final Tally tally;
    private final Queue<Readiness> readiness = new ConcurrentLinkedQueue<>();
    private final Traffic traffic;
    private volatile Target target;

    /** Starts the service on an empty directory, then its clients. */
    UnderLoad(Path dataDir, Findings findings) throws IOException {
        this.findings = findings;
        this.tally = Tally.failingDisk(findings);
        this.told = new ClientRecord(dataDir, tally, findings, new Random(1));
        this.target = start();
        this.traffic = told.traffic(() -> target, Style.insisting(), "w", this::askReadiness);
        findings.require(
                Moments.within(FIRST_MAX, () -> tally.acknowledged() >= FIRST),
                Kind.OTHER,
                "nothing is acknowledged: " + target.process().output());
    }

    /** What the clients were told. */
    ClientRecord told() {
        return told;
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
        return readiness.stream().filter(each -> each.askedNanos() - nanos > 0).toList();
    }

    /** Waits until a write is accepted that was sent after a moment; the seconds that took. */
    double awaitWritable(long since, Duration max, String what) throws IOException {
        boolean back = Moments.within(max, () -> tally.acceptedSentAfter(since));
        double seconds = Moments.secondsSince(since);
        findings.require(back, Kind.TOO_SLOW, what + ": not writable again after " + max.toSeconds() + " s");
        return seconds;
    }

    /** Waits until readiness says so. */
    void awaitReadiness(Duration max, Predicate<Readiness> good, String what) throws IOException {
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
            int _ = new Aftermath(told).check(next.client());
            Verdict _ = told.check(Kind.VANISHED); // while nothing is being asked: all that was seen has its operation
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
        return told.target(ServiceProcess.launch(told.dataDir(), ClientRecord.BUSY));
    }

    private void askReadiness(Target now) throws IOException {
        Client client = now.client().client();
        Answer alive = client.get("/health/liveness");
        findings.require(alive.status() == 200, Kind.FAILED_READ, "liveness was answered by " + alive);
        Readiness answer = Readiness.of(System.nanoTime(), client.get("/health/readiness"));
        findings.require(answer.isConsistent(), Kind.OTHER, "readiness contradicts itself: " + answer);
        readiness.add(answer);
    }
}
