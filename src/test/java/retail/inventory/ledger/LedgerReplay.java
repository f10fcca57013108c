package retail.inventory.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Program;

/** A program that replays a ledger against a running service and says whether the service ended where a plain loop does. */
@Command(
        name = "LedgerReplay",
        footer =
                "Exit status: 0 ledger equal, 1 ledger differs or the replay could not go on, 2 arguments not understood.")
public final class LedgerReplay implements Program.Scenario {

    static final int CLIENTS = 32;
    private static final int CLIENTS_MAX = 1_024;
    private static final Pattern STORE_PREFIX = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,31})?");

    @Option(
            names = "--base-url",
            required = true,
            split = ",",
            description =
                    "the service, such as http://127.0.0.1:3000; several processes that share their data with commas"
                            + " between them: each client sends its lines to one after the other")
    private List<URI> baseUrls = List.of();

    @Option(names = "--file", required = true, description = "ledger as .csv or .csv.gz: " + LedgerLine.HEADER)
    private Path file = Path.of("");

    @Option(names = "--lines", description = "replay only the first N lines (default: all)")
    private int lines = Integer.MAX_VALUE;

    @Option(
            names = "--clients",
            description = "clients at work at once, 1 to " + CLIENTS_MAX + " (default: " + CLIENTS + ")")
    private int clients = CLIENTS;

    @Option(
            names = "--store-prefix",
            description = "put before every store, for another run against the same service (default: none)")
    private String storePrefix = "";

    public static void main(String[] args) {
        Program.run("LEDGER", new LedgerReplay(), args);
    }

    @Override
    public String run(Findings findings, PrintStream out) throws IOException {
        for (URI url : baseUrls) {
            require("http".equals(url.getScheme()) && url.getHost() != null, "--base-url is http://host:port");
            require(url.getRawQuery() == null && url.getRawFragment() == null, "--base-url has no query");
        }
        require(lines >= 1, "--lines is at least 1");
        require(clients >= 1 && clients <= CLIENTS_MAX, "--clients is 1 to " + CLIENTS_MAX);
        require(
                STORE_PREFIX.matcher(storePrefix).matches(),
                "--store-prefix is up to 32 letters, digits, '.', '_', '-'");
        ReplayResult result = Replay.of(Ledger.read(file, lines, storePrefix), baseUrls, clients, out);
        result.tell(findings, out);
        return "";
    }

    private void require(boolean holds, String rule) {
        Program.require(this, holds, rule);
    }
}
