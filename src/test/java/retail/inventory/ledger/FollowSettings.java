package retail.inventory.ledger;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What to replay against which jar, and how often to kill the worker meanwhile.
 *
 * @param lines only so many from the start of the file; all of them without a number
 * @param oneProcess no roles: one process takes the writes and answers the central queries, and is not killed
 */
record FollowSettings(Path jar, Path file, OptionalInt lines, int kills, boolean oneProcess) {

    static final String USAGE = """
            Usage: FollowLedger --jar JAR --file LEDGER [--lines N] [--kills N] [--one-process]
              --jar          the service, such as target/inventory-service.jar
              --file         ledger as .csv or .csv.gz: invoice,store,sku,quantity,at
              --lines        replay only the first N lines (default: all)
              --kills        how often the worker is killed meanwhile, 0 to 1000 (default: 5)
              --one-process  one process without a role instead of an api and a worker; nothing is killed
            Exit status: 0 nothing differs, 1 something differs or there is no verdict, 2 arguments not understood.""";

    private static final int DEFAULT_KILLS = 5;
    private static final int MAX_KILLS = 1_000;
    private static final int CLIENTS = 32;
    private static final String ONE_PROCESS = "--one-process";
    private static final Set<String> OPTIONS = Set.of("--jar", "--file", "--lines", "--kills");

    FollowSettings {
        require(kills >= 0 && kills <= MAX_KILLS, "--kills is 0 to " + MAX_KILLS);
        require(lines.orElse(1) >= 1, "--lines is at least 1");
        require(!oneProcess || kills == 0, "--one-process has nothing to kill");
    }

    /** Throws {@link IllegalArgumentException} saying what is wrong with them. */
    static FollowSettings parse(String... args) {
        Map<String, String> given = new HashMap<>();
        boolean oneProcess = false;
        for (Iterator<String> each = List.of(args).iterator(); each.hasNext(); ) {
            String option = each.next();
            if (option.equals(ONE_PROCESS)) {
                oneProcess = true;
                continue;
            }
            require(OPTIONS.contains(option), "there is no option " + option);
            require(each.hasNext(), option + " needs a value");
            require(given.put(option, each.next()) == null, option + " is given twice");
        }
        require(given.containsKey("--jar") && given.containsKey("--file"), "--jar and --file are needed");
        String lines = given.getOrDefault("--lines", "");
        return new FollowSettings(
                Path.of(given.getOrDefault("--jar", "")),
                Path.of(given.getOrDefault("--file", "")),
                lines.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ReplaySettings.integer("--lines", lines)),
                ReplaySettings.integer(
                        "--kills", given.getOrDefault("--kills", Integer.toString(oneProcess ? 0 : DEFAULT_KILLS))),
                oneProcess);
    }

    /** The same ledger against a service that runs now. */
    ReplaySettings replay(URI baseUrl) {
        return new ReplaySettings(List.of(baseUrl), file, lines, CLIENTS, "");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
