package retail.inventory.powercut;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import retail.inventory.lab.Command;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Program;

/** A program that takes the service's power, or kills it, again and again, and says whether it kept its promises. */
public final class PowerCuts {

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
                cuts ? new LoopDisk(Path.of(args[3]), Path.of(args[4])) : new KilledProcess(Path.of(args[2]))) {
            if (count > 0) {
                Path evidence = Path.of("target", cuts ? "power-cut-failed" : "kill-loop-failed");
                Command.run("rm", "-rf", evidence.toString());
                Totals totals = new Outages(machine, cuts, findings, random, evidence, out).run(count);
                figures.add(totals.failures() + (cuts ? " cuts, " : " kills, ") + totals);
            }
            if (controls > 0) {
                Control control = new Control(machine, findings, random);
                control.run(controls);
                findings.require(control.lost() > 0, Kind.OTHER, "the control lost nothing, so this is no power cut");
                figures.add("control lost %,d of %,d".formatted(control.lost(), control.acknowledged()));
            }
        }
        return String.join("; ", figures);
    }
}
