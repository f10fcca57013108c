package retail.inventory.operations;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that docs/reference/metrics.md promises, as Prometheus stores them.
 *
 * @param always those of every service with all roles
 * @param withLocks those there are only with LOCKS_ENABLED
 */
record DocumentedSeries(Set<String> always, Set<String> withLocks) {

    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z0-9_]+)` \\| (counter|gauge|histogram|summary) \\|.*");
    private static final String ONLY_WITH_LOCKS = "Only with `LOCKS_ENABLED`.";

    static DocumentedSeries read() {
        return of(OperationsFiles.text(Path.of("docs/reference/metrics.md")));
    }

    static DocumentedSeries of(String document) {
        Set<String> always = new TreeSet<>();
        Set<String> withLocks = new TreeSet<>();
        Set<String> section = always;
        for (String line : document.lines().toList()) {
            if (line.startsWith("## ")) {
                section = always;
            } else if (line.equals(ONLY_WITH_LOCKS)) {
                section = withLocks;
            }
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                add(section, row.group(1), row.group(2));
            }
        }
        return new DocumentedSeries(always, withLocks);
    }

    private static void add(Set<String> section, String name, String type) {
        switch (type) {
            case "histogram", "summary" -> {
                section.add(name + "_count");
                section.add(name + "_sum");
                section.add(name + "_max");
                if (type.equals("histogram")) {
                    section.add(name + "_bucket");
                }
            }
            default -> section.add(name);
        }
    }
}
