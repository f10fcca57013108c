package retail.inventory.ledger;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What to replay, against which service and with how many clients.
 *
 * @param baseUrls plain http, one for each process that shares the data; a path is put before the service's routes
 * @param file .csv, or .csv.gz compressed
 * @param lines only so many from the start of the file; all of them without a number
 * @param clients each with a connection of its own, all at work at once
 * @param storePrefix put before every store's name, so that one service can be used for several runs; may be empty
 */
public record ReplaySettings(List<URI> baseUrls, Path file, OptionalInt lines, int clients, String storePrefix) {

    static final String USAGE = """
            Usage: LedgerReplay --base-url URL --file LEDGER [--lines N] [--clients N] [--store-prefix TEXT]
              --base-url      the service, such as http://127.0.0.1:3000; several processes that share their data with
                              commas between them: each client sends its lines to one after the other
              --file          ledger as .csv or .csv.gz: invoice,store,sku,quantity,at
              --lines         replay only the first N lines (default: all)
              --clients       clients at work at once, 1 to 1024 (default: 32)
              --store-prefix  put before every store, for another run against the same service (default: none)
            Exit status: 0 ledger equal, 1 ledger differs or the replay could not go on, 2 arguments not understood.""";

    private static final int DEFAULT_CLIENTS = 32;
    private static final int MAX_CLIENTS = 1_024;
    private static final Pattern STORE_PREFIX = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,31})?");
    private static final Set<String> OPTIONS = Set.of("--base-url", "--file", "--lines", "--clients", "--store-prefix");

    /** Throws {@link IllegalArgumentException} saying which setting is out of range. */
    public ReplaySettings {
        for (URI url : baseUrls) {
            require("http".equals(url.getScheme()) && url.getHost() != null, "--base-url is http://host:port");
            require(url.getRawQuery() == null && url.getRawFragment() == null, "--base-url has no query");
        }
        require(lines.orElse(1) >= 1, "--lines is at least 1");
        require(clients >= 1 && clients <= MAX_CLIENTS, "--clients is 1 to " + MAX_CLIENTS);
        require(
                STORE_PREFIX.matcher(storePrefix).matches(),
                "--store-prefix is up to 32 letters, digits, '.', '_', '-'");
    }

    static ReplaySettings parse(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            require(OPTIONS.contains(args[i]), "there is no option " + args[i]);
            require(i + 1 < args.length, args[i] + " needs a value");
            require(given.put(args[i], args[i + 1]) == null, args[i] + " is given twice");
        }
        require(given.containsKey("--base-url") && given.containsKey("--file"), "--base-url and --file are needed");
        String lines = given.getOrDefault("--lines", "");
        String clients = given.getOrDefault("--clients", Integer.toString(DEFAULT_CLIENTS));
        return new ReplaySettings(
                Arrays.stream(given.getOrDefault("--base-url", "").split(",", -1))
                        .map(URI::create)
                        .toList(),
                Path.of(given.getOrDefault("--file", "")),
                lines.isEmpty() ? OptionalInt.empty() : OptionalInt.of(integer("--lines", lines)),
                integer("--clients", clients),
                given.getOrDefault("--store-prefix", ""));
    }

    static int integer(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is an integer, not '" + value + "'", e);
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
