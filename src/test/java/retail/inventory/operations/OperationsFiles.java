package retail.inventory.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files under {@code ops/}, read. */
final class OperationsFiles {

    static final Path PROMETHEUS = Path.of("ops/prometheus");

    private static final Path DASHBOARD = Path.of("ops/grafana/dashboards/inventory.json");
    private static final JsonMapper JSON = new JsonMapper();

    /** Each selector in there names the job, so this finds every series that is asked for. */
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{job=\"inventory\"");

    private OperationsFiles() {}

    /** An alarm as the rules have it. */
    record Alarm(String name, String expression, String runbookUrl) {}

    /** A question that the dashboard asks, and the panel that asks it. */
    record Query(String panel, String expression) {}

    static List<Alarm> alarms() {
        List<Alarm> alarms = new ArrayList<>();
        for (JsonNode group : yaml(PROMETHEUS.resolve("rules.yaml")).getFirst().get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                alarms.add(new Alarm(
                        rule.get("alert").asString(),
                        rule.get("expr").asString(),
                        rule.at("/annotations/runbook_url").asString()));
            }
        }
        return alarms;
    }

    static List<JsonNode> panels() {
        return StreamSupport.stream(json(DASHBOARD).get("panels").spliterator(), false)
                .filter(panel -> !panel.get("type").asString().equals("row"))
                .toList();
    }

    static List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.get("targets")) {
                queries.add(new Query(
                        panel.get("title").asString(), target.get("expr").asString()));
            }
        }
        return queries;
    }

    /** The names of the series that an expression asks for. */
    static Set<String> series(String expression) {
        return SELECTOR.matcher(expression)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A question of the dashboard about all processes, with rates over so much time, as Grafana would put it. */
    static String anyProcess(String expression, String over) {
        return expression.replace("$instance", ".*").replace("$__rate_interval", over);
    }

    /** The documents of a YAML file. */
    static List<JsonNode> yaml(Path file) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text(file))) {
            documents.add(JSON.valueToTree(document));
        }
        return documents;
    }

    static JsonNode json(Path file) {
        return JSON.readTree(text(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
