package retail.inventory.ops;

import java.util.regex.Pattern;

/**
 * Reasons as strangers may read them, who ask for readiness like anybody: without where on this machine a file is, which the
 * log has. Its name within the data directory, like {@code wal/durable}, is the same everywhere.
 */
final class PathsLeftOut {

    private static final Pattern PATH = Pattern.compile("(?<![\\w.~/-])/[^\\s:;,'\"()]+");

    private PathsLeftOut() {}

    static String of(String reason) {
        return PATH.matcher(reason).replaceAll("(a file)");
    }
}
