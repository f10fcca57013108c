package retail.inventory.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** A program that makes the service's system calls fail and says whether it kept its promises. */
public final class FaultSweep {

    private static final int NTH_MAX = 50;

    private FaultSweep() {}

    /**
     * Arguments: the number up to which calls are failed, an empty directory, and, where there is one, a small disk to
     * fill. Exits with 1 when something is wrong.
     */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT); // so that figures look alike everywhere
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly)));
        System.exit(run(args, System.out) ? 0 : 1);
    }

    private static boolean run(String[] args, PrintStream out) {
        int nth = Integer.parseInt(args[0]);
        if (nth < 1 || nth > NTH_MAX) {
            throw new IllegalArgumentException("the number is 1 to " + NTH_MAX + ", not " + nth);
        }
        Findings findings = new Findings(out);
        long began = System.nanoTime();
        boolean complete = false;
        try {
            Sweep sweep = new Sweep(Path.of(args[1]), findings, out);
            sweep.run(Fault.upTo(nth));
            complete = sweep.isComplete();
            if (args.length > 2) {
                out.printf("%nA full disk:%n");
                new FullDisk(Path.of(args[2]), findings, out).run();
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            findings.add(Findings.Kind.OTHER, "the check could not go on: " + e);
        }
        boolean ok = complete && findings.none();
        out.printf("%nFAULTS %s in %.0f s: %s%n", ok ? "OK" : "FAILED", Moments.secondsSince(began), findings);
        return ok;
    }
}
