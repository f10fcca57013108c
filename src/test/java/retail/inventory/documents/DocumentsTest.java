package retail.inventory.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {

    private static final String SETTINGS = "docs/reference/settings.md";
    private static final String PROBLEMS = "docs/reference/problems.md";

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern TYPE_NAME =
            Pattern.compile("(?<![A-Za-z.$/-])(?:[A-Z][a-z]+){2,}(?:IT)?(?![A-Za-z-])");
    private static final Pattern TYPE_DECLARATION =
            Pattern.compile("\\b(?:class|record|enum|interface) ([A-Z][A-Za-z]+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):");
    private static final Pattern SOURCE_PATH =
            Pattern.compile("(?<![A-Za-z0-9._/-])(?:\\.ci|bench|bin|config|docs|ops|src)/[A-Za-z0-9/._-]*[A-Za-z0-9]");

    /** Headers and the like, which look like type names. */
    private static final Set<String> NOT_OURS = Set.of("JavaScript", "SseEmitter");

    @Test
    void linksLeadSomewhere() throws IOException {
        for (Path document : documents()) {
            for (String target : find(LINK, Files.readString(document), 1)) {
                assertThat(document.resolveSibling(target))
                        .as("link in %s", document)
                        .exists();
            }
        }
    }

    @Test
    void quotedTypesExist() throws IOException {
        Set<String> declared = new TreeSet<>(NOT_OURS);
        try (Stream<Path> sources = Files.walk(Path.of("src"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                declared.addAll(find(TYPE_DECLARATION, Files.readString(source), 1));
            }
        }
        for (Path document : documents()) {
            for (String quoted : find(QUOTED, Files.readString(document), 1)) {
                assertThat(declared).as("types in %s", document).containsAll(find(TYPE_NAME, quoted, 0));
            }
        }
    }

    @Test
    void quotedFilesExist() throws IOException {
        for (Path document : documents()) {
            for (String path : find(SOURCE_PATH, Files.readString(document), 0)) {
                Path fromRoot = Path.of(path);
                assertThat(Files.exists(fromRoot) || path.endsWith("-classpath"))
                        .as("%s names %s", document, path)
                        .isTrue();
            }
        }
    }

    @Test
    void settingsListExactlyTheVariablesThereAre() throws IOException {
        Set<String> variables = find(VARIABLE, Files.readString(Path.of("src/main/resources/application.yaml")), 1);
        assertThat(firstCells(section(SETTINGS, "# Settings"))).isEqualTo(variables);
    }

    @Test
    void settingsSayTheDefaultOfEachVariable() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        Pattern.compile("\\$\\{([A-Z_]+):([^}]+)}")
                .matcher(Files.readString(Path.of("src/main/resources/application.yaml")))
                .results()
                .forEach((MatchResult variable) -> defaults.put(variable.group(1), variable.group(2)));
        Map<String, String> documented = new TreeMap<>();
        Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| ([^|]*) \\|")
                .matcher(section(SETTINGS, "# Settings"))
                .results()
                .forEach((MatchResult row) -> documented.put(row.group(1), row.group(2)));
        assertThat(documented).containsAllEntriesOf(defaults);
    }

    @Test
    void problemsListExactlyTheTypesThereAre() throws IOException {
        String source = Files.readString(Path.of("src/main/java/retail/inventory/web/ProblemType.java"));
        Set<String> types = find(Pattern.compile("\\b([A-Z_]+)\\(HttpStatus\\."), source, 1).stream()
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(firstCells(section(PROBLEMS, "# Problems a client gets"))).isEqualTo(types);
    }

    @Test
    void interfaceListsExactlyTheProblemsThereAre() throws IOException {
        Set<String> documented =
                find(Pattern.compile("urn:inventory:problem:([a-z-]+)"), Files.readString(Path.of("openapi.yaml")), 1);
        assertThat(documented).isEqualTo(firstCells(section(PROBLEMS, "# Problems a client gets")));
    }

    /** The page that the interface's description leads to. */
    @Test
    void pageOfProblemsListsExactlyTheProblemsThereAreWithTheirStatuses() throws IOException {
        String page = Files.readString(Path.of("src/main/resources/docs/problems.html"));
        Map<String, String> rows = new TreeMap<>();
        Pattern.compile("<tr id=\"([a-z-]+)\">\\s*<th scope=\"row\"><code>\\1</code></th><td>(\\d+)</td>")
                .matcher(page)
                .results()
                .forEach((MatchResult row) -> rows.put(row.group(1), row.group(2)));

        Map<String, String> documented = new TreeMap<>();
        Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\d+)")
                .matcher(section(PROBLEMS, "# Problems a client gets"))
                .results()
                .forEach((MatchResult row) -> documented.put(row.group(1), row.group(2)));
        assertThat(rows).isEqualTo(documented);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static String section(String document, String heading) throws IOException {
        String text = Files.readString(Path.of(document));
        int start = text.indexOf(heading + "\n");
        assertThat(start).as("%s has %s", document, heading).isNotNegative();
        int end = text.indexOf("\n## ", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    /** The quoted first cells of the rows of the tables in a text. */
    private static Set<String> firstCells(String text) {
        return find(Pattern.compile("(?m)^\\| `([^`]+)`"), text, 1);
    }

    private static Set<String> find(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
