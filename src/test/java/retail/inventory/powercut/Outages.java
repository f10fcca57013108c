package retail.inventory.powercut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import retail.inventory.lab.Aftermath;
import retail.inventory.lab.ClientRecord;
import retail.inventory.lab.Command;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tally;
import retail.inventory.lab.Traffic;
import retail.inventory.lab.Traffic.Style;

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
    private ClientRecord told;
    private boolean clean = true;
    private int startMs = FIRST_START_MS;

    private int starting;
    private int slow;
    private long acknowledged;
    private long ofHolds;
    private long reads;
    private long withoutAnswer;
    /** Orders that had no answer and are not in the log: what a failure may take. */
    private long gone;

    /**
     * When the service shall end, and how slow its disk is until then.
     *
     * @param starting whether it ends in its start, before anybody can ask it anything
     * @param afterMs after its launch when it is starting, else after the first acknowledgements
     * @param syncDelayMs how much longer each sync takes; 0 for no longer
     */
    private record Plan(boolean starting, int afterMs, int syncDelayMs) {

        /** A seventh of them in a start; half of them slow, where that can be done. */
        static Plan random(Random random, int startMs, boolean maySlow) {
            int delay = maySlow && random.nextBoolean() ? random.nextInt(20, 300) : 0;
            boolean starting = random.nextInt(7) == 0;
            int max = starting ? startMs : delay > 0 ? 2_500 : 2_000;
            return new Plan(starting, random.nextInt(max), delay);
        }
    }

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
        this.told = machine.begin(findings, random);
    }

    /** Lets it fail so many times; the figures. */
    String run(int failures) throws IOException {
        long began = System.nanoTime();
        long printed = began;
        for (int i = 0; i < failures; i++) {
            if ((i > 0 && i % PER_DISK == 0) || !clean) {
                told = machine.begin(findings, random);
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
                        i + 1, failures, Moments.secondsSince(began), figures(), findings);
            }
        }
        return figures();
    }

    private String figures() {
        return "%,d during a start, %,d with slow syncs; %,d acknowledged, %,d of them of baskets and their stock, %,d reads, %,d writes without an answer, %,d of those with a key gone"
                .formatted(starting, slow, acknowledged, ofHolds, reads, withoutAnswer, gone);
    }

    private void oneMore(int number, Plan plan) throws IOException {
        Tally tally = told.tally();
        int findingsBefore = findings.total();
        long acknowledgedBefore = tally.acknowledged();
        long ofHoldsBefore = told.holds().size();
        long readsBefore = tally.reads();
        long withoutAnswerBefore = tally.withoutAnswer();
        try (ServiceProcess service =
                ServiceProcess.launchUnder(Syncs.delayed(plan.syncDelayMs()), told.dataDir(), ClientRecord.BUSY)) {
            if (plan.starting()) {
                Moments.pause(plan.afterMs());
                machine.fail(service);
            } else if (compared(service)) {
                long loadedFrom = tally.acknowledged();
                Style style = Style.flatOut(plan.syncDelayMs() > 0 ? WRITERS_WHEN_SLOW : WRITERS);
                try (Traffic _ = told.traffic(service, style, "n" + number)) {
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
        starting += plan.starting() ? 1 : 0;
        slow += plan.syncDelayMs() > 0 ? 1 : 0;
        acknowledged += tally.acknowledged() - acknowledgedBefore;
        ofHolds += told.holds().size() - ofHoldsBefore;
        reads += tally.reads() - readsBefore;
        withoutAnswer += tally.withoutAnswer() - withoutAnswerBefore;
    }

    /** Waits for the service to be ready, then looks at what it has; whether it is worth going on with it. */
    private boolean compared(ServiceProcess service) throws IOException {
        int before = findings.total();
        long launched = System.nanoTime();
        try {
            RecordingClient client = told.target(service).client();
            startMs = (startMs + (int) (1_000 * Moments.secondsSince(launched))) / 2 + 1;
            gone += new Aftermath(told).check(client);
        } catch (AssertionError e) {
            findings.add(Kind.LOST, "after a failure: " + e.getMessage());
        }
        boolean good = findings.total() == before;
        if (!good && !Files.exists(evidence)) {
            Command.run("cp", "-R", told.dataDir().toString(), evidence.toString());
            out.println("         the data directory as it was found is in " + evidence);
        }
        return good;
    }

    private void lookAtTheEnd() throws IOException {
        try (ServiceProcess service = ServiceProcess.launchUnder(List.of(), told.dataDir(), ClientRecord.BUSY)) {
            clean = compared(service);
            var _ = told.check(Kind.VANISHED);
        }
    }
}
