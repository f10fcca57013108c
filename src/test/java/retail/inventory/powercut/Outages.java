package retail.inventory.powercut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import retail.inventory.history.History;
import retail.inventory.lab.Aftermath;
import retail.inventory.lab.Command;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tally;
import retail.inventory.lab.Traffic;
import retail.inventory.lab.Traffic.Style;
import retail.inventory.lab.Traffic.Target;

/** Service after service on one machine that fails under each of them. After each failure all is compared. */
final class Outages {

    /** Then it begins with an empty disk, so that a comparison stays short and little has to be remembered. */
    private static final int PER_DISK = 25;

    private static final int WRITERS = 16;
    private static final int WRITERS_WHEN_SLOW = 64;
    private static final Duration FIRST_ACKS_MAX = Duration.ofSeconds(30);
    private static final int FIRST_START_MS = 4_000;
    private static final double PROGRESS_EVERY_SECONDS = 20;

    /** Readers begin so many events before what is known. */
    private static final int FEED_BACK = 200;

    /** Answers that promise nothing: what a failing disk and a full queue are for. */
    static final Set<String> HONEST = Set.of(Tally.READ_ONLY, Tally.OUTCOME_UNKNOWN, "overloaded");

    /** The same, and that something is not there, for which the history is asked whether it was. */
    static final Set<String> READS_MAY_SAY =
            Set.of("overloaded", "unreadable", "behind", Tally.READ_ONLY, "unknown-sku", "unknown-store");

    /** Snapshots and inventory files as often as can be, keys that live as long as the test. */
    static final Map<String, String> SETTINGS =
            Map.of("SNAPSHOT_EVERY_N_EVENTS", "1", "AUDIT_INTERVAL_MS", "1000", "IDEMP_TTL_MS", "86400000");

    private final Machine machine;
    private final boolean maySlow;
    private final Findings findings;
    private final Random random;
    private final Path evidence;
    private final PrintStream out;
    private final Totals totals = new Totals();
    private Path dataDir = Path.of("");
    private History history = new History();
    private Tally tally;
    private boolean clean = true;
    private int startMs = FIRST_START_MS;

    /**
     * Makes it.
     *
     * @param maySlow whether the syncs of some services may be slowed
     * @param evidence where to put the first data directory with which something is wrong
     */
    Outages(Machine machine, boolean maySlow, Findings findings, Random random, Path evidence, PrintStream out) {
        this.machine = machine;
        this.maySlow = maySlow;
        this.findings = findings;
        this.random = random;
        this.evidence = evidence;
        this.out = out;
        this.tally = tally();
    }

    /** Lets it fail so many times. */
    Totals run(int failures) throws IOException {
        long began = System.nanoTime();
        long printed = began;
        for (int i = 0; i < failures; i++) {
            if (i % PER_DISK == 0 || !clean) {
                dataDir = machine.fresh();
                history = new History();
                tally = tally();
                clean = true;
            }
            oneMore(i, Plan.random(random, startMs, maySlow));
            if (clean && (i + 1 == failures || (i + 1) % PER_DISK == 0)) {
                lookAtTheEnd();
            }
            if (Moments.secondsSince(printed) > PROGRESS_EVERY_SECONDS) {
                printed = System.nanoTime();
                out.printf(
                        "%,6d of %,d in %4.0f s: %s; %s%n",
                        i + 1, failures, Moments.secondsSince(began), totals, findings);
            }
        }
        return totals;
    }

    private void oneMore(int number, Plan plan) throws IOException {
        int findingsBefore = findings.total();
        long acks = tally.acknowledged();
        long reads = tally.reads();
        long withoutAnswer = tally.withoutAnswer();
        try (ServiceProcess service =
                ServiceProcess.launchUnder(Syncs.delayed(plan.syncDelayMs()), dataDir, SETTINGS)) {
            if (plan.starting()) {
                Moments.pause(plan.afterMs());
                machine.fail(service);
            } else if (compared(service)) {
                long loadedFrom = tally.acknowledged();
                int writers = plan.slow() ? WRITERS_WHEN_SLOW : WRITERS;
                try (Traffic _ = traffic(new Target(service, client(service)), "n" + number, writers)) {
                    boolean warm = Moments.within(FIRST_ACKS_MAX, () -> tally.acknowledged() > loadedFrom);
                    findings.require(warm, Kind.OTHER, "nothing is acknowledged: " + service.output());
                    Moments.pause(plan.afterMs());
                    machine.fail(service);
                }
            } else {
                machine.fail(service);
            }
        }
        clean = findings.total() == findingsBefore;
        totals.add(plan, tally.acknowledged() - acks, tally.reads() - reads, tally.withoutAnswer() - withoutAnswer);
    }

    /** Waits for the service to be ready, then looks at what it has; whether it is worth going on with it. */
    private boolean compared(ServiceProcess service) throws IOException {
        int before = findings.total();
        long launched = System.nanoTime();
        try {
            RecordingClient client = client(service);
            int took = (int) Duration.ofNanos(System.nanoTime() - launched).toMillis();
            startMs = (startMs + took) / 2 + 1;
            totals.addGone(aftermath().check(client));
        } catch (AssertionError e) {
            findings.add(Kind.LOST, "after a failure: " + e.getMessage());
        }
        boolean good = findings.total() == before;
        if (!good && !Files.exists(evidence)) {
            Command.run("cp", "-R", dataDir.toString(), evidence.toString());
            out.println("         the data directory as it was found is in " + evidence);
        }
        return good;
    }

    private void lookAtTheEnd() throws IOException {
        try (ServiceProcess service = ServiceProcess.launchUnder(List.of(), dataDir, SETTINGS)) {
            clean = compared(service);
            aftermath().checkHistory();
        }
    }

    private Aftermath aftermath() {
        return new Aftermath(dataDir, history, tally, findings, random);
    }

    private Tally tally() {
        return new Tally(findings, HONEST, READS_MAY_SAY);
    }

    private RecordingClient client(ServiceProcess service) {
        return new RecordingClient(service.uri(), history, tally);
    }

    private Traffic traffic(Target target, String name, int writers) {
        long feedFrom = tally.sequence() - FEED_BACK;
        return new Traffic(() -> target, Style.flatOut(writers), name, feedFrom, random, findings, nothingElse -> {});
    }
}
