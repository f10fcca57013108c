package retail.inventory.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Program;

/** A program that makes the service's system calls fail and says whether it kept its promises. */
public final class FaultSweep {

    private static final int NTH_MAX = 50;

    private FaultSweep() {}

    /**
     * Arguments: the number up to which calls are failed, an empty directory, and, where there is one, a small disk to
     * fill. Exits with 1 when something is wrong.
     */
    public static void main(String[] args) {
        Program.run("FAULTS", (findings, out) -> run(args, findings, out));
    }

    private static String run(String[] args, Findings findings, PrintStream out) throws IOException {
        int nth = Integer.parseInt(args[0]);
        if (nth < 1 || nth > NTH_MAX) {
            throw new IllegalArgumentException("the number is 1 to " + NTH_MAX + ", not " + nth);
        }
        Sweep sweep = new Sweep(Path.of(args[1]), findings, out);
        sweep.run(Fault.upTo(nth));
        findings.require(sweep.isComplete(), Findings.Kind.OTHER, "not all calls were reached");
        if (args.length > 2) {
            out.printf("%nA full disk:%n");
            new FullDisk(Path.of(args[2]), findings, out).run();
        }
        return "";
    }
}
