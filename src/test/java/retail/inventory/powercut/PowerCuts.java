package retail.inventory.powercut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.faults.Moments;
import retail.inventory.process.Command;

/** A program that takes the service's power, or kills it, again and again, and says whether it kept its promises. */
public final class PowerCuts {

    private PowerCuts() {}

    /**
     * Arguments: {@code cuts N M IMAGE DIRECTORY}, N cuts and M controls with an ext4 file system that is made in the image
     * and mounted on the directory; or {@code kills N DIRECTORY}. Exits with 1 when something is wrong.
     */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // so that figures look alike everywhere
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        System.exit(run(args, System.out) ? 0 : 1);
    }

    private static boolean run(String[] args, PrintStream out) {
        boolean cuts = args[0].equals("cuts");
        int count = Integer.parseInt(args[1]);
        int controls = cuts ? Integer.parseInt(args[2]) : 0;
        Findings findings = new Findings(out);
        Random random = new Random();
        long began = System.nanoTime();
        String result = "";
        try (Machine machine =
                cuts ? new LoopDisk(Path.of(args[3]), Path.of(args[4])) : new KilledProcess(Path.of(args[2]))) {
            if (count > 0) {
                Path evidence = Path.of("target", cuts ? "power-cut-failed" : "kill-loop-failed");
                Command.run("rm", "-rf", evidence.toString());
                Totals totals = new Outages(machine, cuts, findings, random, evidence, out).run(count);
                result = totals.failures() + (cuts ? " cuts, " : " kills, ") + totals + "; ";
            }
            if (controls > 0) {
                Control control = new Control(machine, findings, random);
                control.run(controls);
                findings.require(control.lost() > 0, Kind.OTHER, "the control lost nothing, so this is no power cut");
                result += "control lost %,d of %,d; ".formatted(control.lost(), control.acknowledged());
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            findings.add(Kind.OTHER, "the check could not go on: " + e);
        }
        out.printf(
                "%s %s in %.0f s: %s%s%n",
                cuts ? "POWER CUTS" : "KILLS",
                findings.none() ? "OK" : "FAILED",
                Moments.secondsSince(began),
                result,
                findings);
        return findings.none();
    }
}
