package retail.inventory.powercut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import retail.inventory.lab.ClientRecord;
import retail.inventory.lab.Command;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Traffic;
import retail.inventory.lab.Traffic.Style;
import retail.inventory.lab.WrittenLog;

/** A program that takes the service's power, or kills it, again and again, and says whether it kept its promises. */
public final class PowerCuts {

    private static final Pattern EVENT_ID = Pattern.compile("\"eventId\":\"([^\"]+)\"");
    private static final Duration ACKS_MAX = Duration.ofSeconds(30);
    private static final int ACKS_MIN = 100;
    private static final int WRITERS = 16;
    private static final int LOAD_MAX_MS = 900;

    private PowerCuts() {}

    /**
     * Arguments: {@code cuts N M IMAGE DIRECTORY}, N cuts and M controls with an ext4 file system that is made in the image
     * and mounted on the directory; or {@code kills N DIRECTORY}. Exits with 1 when something is wrong.
     */
    public static void main(String[] args) {
        boolean cuts = args[0].equals("cuts");
        Program.run(
                cuts ? "POWER CUTS" : "KILLS",
                (findings, out) -> run(
                        args, cuts, Integer.parseInt(args[1]), cuts ? Integer.parseInt(args[2]) : 0, findings, out));
    }

    private static String run(String[] args, boolean cuts, int count, int controls, Findings findings, PrintStream out)
            throws IOException {
        Random random = new Random();
        List<String> figures = new ArrayList<>();
        try (Machine machine =
                cuts ? new LoopDisk(Path.of(args[3]), Path.of(args[4])) : new Machine.KilledProcess(Path.of(args[2]))) {
            if (count > 0) {
                Path evidence = Path.of("target", cuts ? "power-cut-failed" : "kill-loop-failed");
                Command.run("rm", "-rf", evidence.toString());
                Outages outages = new Outages(machine, cuts, findings, random, evidence, out);
                figures.add(count + (cuts ? " cuts, " : " kills, ") + outages.run(count));
            }
            if (controls > 0) {
                figures.add(control(machine, controls, findings, random));
            }
        }
        return String.join("; ", figures);
    }

    /** The same with the syncs left out, each time on an empty disk: a cut that takes nothing then is no cut. */
    private static String control(Machine machine, int cuts, Findings findings, Random random) throws IOException {
        int acknowledged = 0;
        int lost = 0;
        for (int i = 0; i < cuts; i++) {
            ClientRecord told = machine.begin(findings, random);
            try (ServiceProcess service =
                            ServiceProcess.launchUnder(Syncs.skipped(), told.dataDir(), ClientRecord.BUSY);
                    Traffic _ = told.traffic(service, Style.flatOut(WRITERS), "c" + i)) {
                findings.require(
                        Moments.within(ACKS_MAX, () -> told.tally().acknowledged() >= ACKS_MIN),
                        Kind.OTHER,
                        "the control acknowledges nothing: " + service.output());
                Moments.pause(random.nextInt(LOAD_MAX_MS));
                machine.fail(service);
            }
            // The files may be in any state, so this looks for nothing but ids.
            Set<String> there = new HashSet<>(WrittenLog.found(told.dataDir(), EVENT_ID));
            for (String event : told.acknowledgedEvents()) {
                acknowledged++;
                lost += there.contains(event) ? 0 : 1;
            }
        }
        findings.require(lost > 0, Kind.OTHER, "the control lost nothing, so this is no power cut");
        return "control lost %,d of %,d".formatted(lost, acknowledged);
    }
}
