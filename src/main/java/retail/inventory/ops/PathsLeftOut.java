package retail.inventory.ops;

import java.util.regex.Pattern;

/** Reasons as strangers may read them, who ask for readiness like anybody: without the paths of files, which the log has. */
final class PathsLeftOut {

    private static final Pattern PATH =
            Pattern.compile("(?<![\\w./~-])(?!I/O\\b|Input/output\\b)[\\w.~+-]*/[^\\s:;,'\"()]*");

    private PathsLeftOut() {}

    static String of(String reason) {
        return PATH.matcher(reason).replaceAll("(a file)");
    }
}
