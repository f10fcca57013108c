package retail.inventory.powercut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import retail.inventory.lab.Command;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tally;
import retail.inventory.lab.Traffic;

/** Service after service on one machine that fails under each of them. After each failure all is compared. */
final class Outages {

    /** Then it begins with an empty disk, so that a comparison stays short and little has to be remembered. */
    private static final int PER_DISK = 25;

    private static final int WRITERS = 16;
    private static final int WRITERS_WHEN_SLOW = 64;
    private static final Duration FIRST_ACKS_MAX = Duration.ofSeconds(30);
    private static final int FIRST_START_MS = 4_000;
    private static final double PROGRESS_EVERY_SECONDS = 20;

    private final Machine machine;
    private final boolean maySlow;
    private final Findings findings;
    private final Random random;
    private final Path evidence;
    private final PrintStream out;
    private final Totals totals = new Totals();
    private Disk disk;
    private boolean clean = true;
    private int startMs = FIRST_START_MS;

    /**
     * Makes it.
     *
     * @param maySlow whether the syncs of some services may be slowed
     * @param evidence where to put the first data directory with which something is wrong
     */
    Outages(Machine machine, boolean maySlow, Findings findings, Random random, Path evidence, PrintStream out)
            throws IOException {
        this.machine = machine;
        this.maySlow = maySlow;
        this.findings = findings;
        this.random = random;
        this.evidence = evidence;
        this.out = out;
        this.disk = Disk.fresh(machine, findings, random);
    }

    /** Lets it fail so many times. */
    Totals run(int failures) throws IOException {
        long began = System.nanoTime();
        long printed = began;
        for (int i = 0; i < failures; i++) {
            if ((i > 0 && i % PER_DISK == 0) || !clean) {
                disk = Disk.fresh(machine, findings, random);
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
        Tally tally = disk.tally();
        int findingsBefore = findings.total();
        long acks = tally.acknowledged();
        long reads = tally.reads();
        long withoutAnswer = tally.withoutAnswer();
        try (ServiceProcess service =
                ServiceProcess.launchUnder(Syncs.delayed(plan.syncDelayMs()), disk.dataDir(), Disk.SETTINGS)) {
            if (plan.starting()) {
                Moments.pause(plan.afterMs());
                machine.fail(service);
            } else if (compared(service)) {
                long loadedFrom = tally.acknowledged();
                int writers = plan.slow() ? WRITERS_WHEN_SLOW : WRITERS;
                try (Traffic _ = disk.traffic(service, "n" + number, writers)) {
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
            RecordingClient client = disk.client(service);
            int took = (int) Duration.ofNanos(System.nanoTime() - launched).toMillis();
            startMs = (startMs + took) / 2 + 1;
            totals.addGone(disk.aftermath().check(client));
        } catch (AssertionError e) {
            findings.add(Kind.LOST, "after a failure: " + e.getMessage());
        }
        boolean good = findings.total() == before;
        if (!good && !Files.exists(evidence)) {
            Command.run("cp", "-R", disk.dataDir().toString(), evidence.toString());
            out.println("         the data directory as it was found is in " + evidence);
        }
        return good;
    }

    private void lookAtTheEnd() throws IOException {
        try (ServiceProcess service = ServiceProcess.launchUnder(List.of(), disk.dataDir(), Disk.SETTINGS)) {
            clean = compared(service);
            disk.aftermath().checkHistory();
        }
    }
}
