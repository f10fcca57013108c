package retail.inventory.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import retail.inventory.lab.Findings;

/** All faults, one after the other, in one service that is killed and started again now and then. */
final class Sweep {

    /** Every so many faults the service is killed: by turns in the middle of the fault and when it has recovered. */
    private static final int KILL_EVERY = 12;

    private final Path dataDir;
    private final Findings findings;
    private final PrintStream out;
    private final SweepTable table = new SweepTable();
    private int kills;
    private int killsInFault;

    Sweep(Path dataDir, Findings findings, PrintStream out) {
        this.dataDir = dataDir;
        this.findings = findings;
        this.out = out;
    }

    /** Runs them all and prints the table. */
    void run(List<Fault> faults) throws IOException {
        try (UnderLoad load = new UnderLoad(dataDir, findings)) {
            Trial trial = new Trial(load, findings);
            SweepTable.printHead(out);
            for (int i = 0; i < faults.size(); i++) {
                Fault fault = faults.get(i);
                int turn = (i + 1) / KILL_EVERY;
                boolean kill = (i + 1) % KILL_EVERY == 0;
                boolean killInFault = kill && turn % 2 == 1;
                table.add(fault, trial.run(fault, killInFault));
                if (kill || i + 1 == faults.size()) {
                    kills++;
                    killsInFault += killInFault ? 1 : 0;
                    load.restart();
                }
                if (i + 1 == faults.size() || faults.get(i + 1).nth() == 1) {
                    table.printRow(fault, out);
                }
            }
            printResult(load);
        }
    }

    private void printResult(UnderLoad load) {
        out.printf("%nAll of it:%n");
        table.print(out);
        out.printf(
                "%,d faults injected, %,d not reached; %,d kills, %,d of them in the middle of a fault (the page cache"
                        + " survives a kill: power cuts are another test)%n",
                table.injected(), table.notReached(), kills, killsInFault);
        out.printf(
                "%,d writes acknowledged, refused: %s; %,d reads answered%n",
                load.tally().acknowledged(),
                load.tally().refusals(),
                load.tally().reads());
    }

    /** Whether every fault has happened. */
    boolean isComplete() {
        return table.notReached() == 0;
    }
}
