package retail.inventory.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Program;

/**
 * A program that replays a ledger against the service's api process while it kills the worker process again and again,
 * and says whether the worker's central view and its feed of changes are exactly what the stores hold.
 */
@Command(
        name = "FollowLedger",
        footer =
                "Exit status: 0 nothing differs, 1 something differs or there is no verdict, 2 arguments not understood.")
public final class FollowLedger implements Program.Scenario {

    private static final int KILLS = 5;
    private static final int KILLS_MAX = 1_000;
    private static final int UNSET = -1;

    @Option(names = "--jar", required = true, description = "the service, such as target/inventory-service.jar")
    private Path jar = Path.of("");

    @Option(names = "--directory", required = true, description = "where to put the service's data")
    private Path directory = Path.of("");

    @Option(names = "--file", required = true, description = "ledger as .csv or .csv.gz: " + LedgerLine.HEADER)
    private Path file = Path.of("");

    @Option(names = "--lines", description = "replay only the first N lines (default: all)")
    private int lines = Integer.MAX_VALUE;

    @Option(names = "--kills", description = "how often the worker is killed meanwhile, 0 to 1000 (default: 5)")
    private int kills = UNSET;

    @Option(names = "--one-process", description = "one process instead of an api and a worker; nothing is killed")
    private boolean oneProcess;

    public static void main(String[] args) {
        Program.run("FOLLOW", new FollowLedger(), args);
    }

    @Override
    public String run(Findings findings, PrintStream out) throws IOException {
        int killed = kills != UNSET ? kills : oneProcess ? 0 : KILLS;
        Program.require(this, killed >= 0 && killed <= KILLS_MAX, "--kills is 0 to " + KILLS_MAX);
        Program.require(this, lines >= 1, "--lines is at least 1");
        Program.require(this, !oneProcess || killed == 0, "--one-process has nothing to kill");
        Ledger ledger = Ledger.read(file, lines, "");
        try (ApiAndWorker service = new ApiAndWorker(jar, directory, oneProcess)) {
            out.printf(
                    "api at %s, worker at %s%n",
                    service.api().uri(), service.worker().uri());
            new FollowRun(service, ledger, findings, out).run(killed);
        }
        return "";
    }
}
