package retail.inventory.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Program;
import retail.inventory.lab.Tally;

/**
 * A program that makes the service's system calls fail, one after the other, in one service that is killed and started again
 * now and then, and says whether it kept its promises.
 */
public final class FaultSweep {

    private static final int NTH_MAX = 50;

    /** Every so many faults the service is killed: by turns in the middle of the fault and when it has recovered. */
    private static final int KILL_EVERY = 12;

    private final Findings findings;
    private final PrintStream out;
    private final SweepTable table = new SweepTable();
    private int kills;
    private int killsInFault;

    private FaultSweep(Findings findings, PrintStream out) {
        this.findings = findings;
        this.out = out;
    }

    /**
     * Arguments: the number up to which calls are failed, an empty directory, and, where there is one, a small disk to
     * fill. Exits with 1 when something is wrong.
     */
    public static void main(String[] args) {
        Program.run("FAULTS", (findings, out) -> {
            int nth = Integer.parseInt(args[0]);
            if (nth < 1 || nth > NTH_MAX) {
                throw new IllegalArgumentException("the number is 1 to " + NTH_MAX + ", not " + nth);
            }
            new FaultSweep(findings, out).run(Path.of(args[1]), Fault.upTo(nth));
            if (args.length > 2) {
                out.printf("%nA full disk:%n");
                new FullDisk(Path.of(args[2]), findings, out).run();
            }
            return "";
        });
    }

    private void run(Path dataDir, List<Fault> faults) throws IOException {
        try (UnderLoad load = new UnderLoad(dataDir, findings)) {
            Trial trial = new Trial(load, findings);
            SweepTable.printHead(out);
            for (int i = 0; i < faults.size(); i++) {
                Fault fault = faults.get(i);
                boolean kill = (i + 1) % KILL_EVERY == 0;
                boolean killInFault = kill && (i + 1) / KILL_EVERY % 2 == 1;
                table.add(fault, trial.run(fault, killInFault));
                if (kill || i + 1 == faults.size()) {
                    kills++;
                    killsInFault += killInFault ? 1 : 0;
                    load.restart();
                }
                if (i + 1 == faults.size() || faults.get(i + 1).nth() == 1) {
                    table.printLatest(out);
                }
            }
            printResult(load.tally());
        }
    }

    private void printResult(Tally tally) {
        out.printf("%nAll of it:%n");
        table.print(out);
        out.printf(
                "%,d faults injected, %,d not reached; %,d kills, %,d of them in the middle of a fault (the page cache"
                        + " survives a kill: power cuts are another test)%n",
                table.injected(), table.notReached(), kills, killsInFault);
        out.printf(
                "%,d writes acknowledged, refused: %s; %,d reads answered%n",
                tally.acknowledged(), tally.refusals(), tally.reads());
        findings.require(table.notReached() == 0, Kind.OTHER, "not all calls were reached");
    }
}
