package retail.inventory.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables of {@code docs/reference/metrics.md}.
 *
 * @param sections the series by section, each by its name
 */
record MetricsDocument(Map<String, Map<String, Series>> sections) {

    private static final Path FILE = Path.of("docs/reference/metrics.md");
    private static final Pattern HEADING = Pattern.compile("## (.+)");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\| ([a-z]+) \\|([^|]*)\\| [^|]+ \\|");
    private static final Pattern TAG = Pattern.compile("`([a-z_]+)`(?: = ((?:`[^`]+`(?:, )?)+))?");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    /**
     * What the document says of a series.
     *
     * @param type counter, gauge, histogram or summary
     * @param tags the values each tag can have; empty = it does not list them
     */
    record Series(String type, Map<String, Set<String>> tags) {}

    static MetricsDocument read() throws IOException {
        Map<String, Map<String, Series>> sections = new LinkedHashMap<>();
        Map<String, Series> section = new TreeMap<>();
        for (String line : Files.readAllLines(FILE)) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                section = new TreeMap<>();
                sections.put(heading.group(1), section);
            } else if (row.matches()) {
                Series series = new Series(row.group(2), tags(row.group(3)));
                section.put(row.group(1), series);
                if (series.type().equals("histogram")) {
                    section.put(row.group(1) + "_max", new Series("gauge", series.tags()));
                }
            } else if (line.startsWith("| `")) {
                throw new AssertionError("not a row of four cells: " + line);
            }
        }
        return new MetricsDocument(sections);
    }

    private static Map<String, Set<String>> tags(String cell) {
        Map<String, Set<String>> tags = new TreeMap<>();
        TAG.matcher(cell).results().forEach(tag -> tags.put(tag.group(1), quoted(tag.group(2))));
        return tags;
    }

    private static Set<String> quoted(String values) {
        Set<String> found = new TreeSet<>();
        QUOTED.matcher(values == null ? "" : values)
                .results()
                .map((MatchResult value) -> value.group(1))
                .forEach(found::add);
        return found;
    }

    /** The series of all sections but some. */
    Map<String, Series> without(List<String> left) {
        Map<String, Series> all = new TreeMap<>();
        sections.forEach((name, series) -> {
            if (!left.contains(name)) {
                all.putAll(series);
            }
        });
        return all;
    }
}
