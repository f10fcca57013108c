package retail.inventory.powercut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.faults.Moments;
import retail.inventory.process.Client;
import retail.inventory.process.Command;
import retail.inventory.process.ServiceProcess;

/** Service after service on one machine that fails under each of them. After each failure all is compared. */
final class Outages {

    /** Then it begins with an empty disk, so that a comparison stays short and little has to be remembered. */
    private static final int PER_DISK = 25;

    private static final int WRITERS = 16;
    private static final int WRITERS_WHEN_SLOW = 64;
    private static final Duration FIRST_ACKS_MAX = Duration.ofSeconds(30);
    private static final int FIRST_START_MS = 4_000;
    private static final double PROGRESS_EVERY_SECONDS = 20;

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
    private Told told;
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
        this.told = new Told(findings);
    }

    /** Lets it fail so many times. */
    Totals run(int failures) throws IOException {
        long began = System.nanoTime();
        long printed = began;
        for (int i = 0; i < failures; i++) {
            if (i % PER_DISK == 0 || !clean) {
                dataDir = machine.fresh();
                told = new Told(findings);
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
        int acks = told.acknowledged();
        long reads = told.reads();
        long withoutAnswer = told.withoutAnswer();
        try (ServiceProcess service =
                ServiceProcess.launchUnder(Syncs.delayed(plan.syncDelayMs()), dataDir, SETTINGS)) {
            if (plan.starting()) {
                Moments.pause(plan.afterMs());
                machine.fail(service);
            } else if (compared(service)) {
                int loadedFrom = told.acknowledged();
                int writers = plan.slow() ? WRITERS_WHEN_SLOW : WRITERS;
                try (Clients clients =
                        new Clients(new Client(service.uri()), "n" + number, writers, told, findings, random)) {
                    clients.start();
                    boolean warm = Moments.within(FIRST_ACKS_MAX, () -> told.acknowledged() > loadedFrom);
                    findings.require(warm, Kind.OTHER, "nothing is acknowledged: " + service.output());
                    Moments.pause(plan.afterMs());
                    machine.fail(service);
                }
            } else {
                machine.fail(service);
            }
        }
        clean = findings.total() == findingsBefore;
        totals.add(plan, told.acknowledged() - acks, told.reads() - reads, told.withoutAnswer() - withoutAnswer);
    }

    /** Waits for the service to be ready, then looks at what it has; whether it is worth going on with it. */
    private boolean compared(ServiceProcess service) throws IOException {
        int before = findings.total();
        long launched = System.nanoTime();
        try {
            Client client = new Client(service.uri());
            int took = (int) Duration.ofNanos(System.nanoTime() - launched).toMillis();
            startMs = (startMs + took) / 2 + 1;
            totals.addGone(new Aftermath(dataDir, told, findings, random).check(client));
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
        }
    }
}
