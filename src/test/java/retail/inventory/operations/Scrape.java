package retail.inventory.operations;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.operations.OperationsFiles.Alarm;
import retail.inventory.operations.OperationsFiles.Query;
import tools.jackson.databind.JsonNode;

/**
 * A program that lets a Prometheus scrape the jar under load, with the repository's configuration, and then asks it whether it
 * got everything: each scrape, each documented series, an answer to each question of the dashboard and for each alarm.
 */
final class Scrape {

    private static final String UP = "up{job=\"inventory\"}";
    private static final int INTERVAL_SECONDS = 5;

    private final Prometheus prometheus;
    private final Findings findings;

    private Scrape(Prometheus prometheus, Findings findings) {
        this.findings = findings;
        this.prometheus = prometheus;
    }

    /**
     * Arguments: SECONDS PROMETHEUS DIRECTORY, and where to write what the panels would show, if at all. Exits with 1 when
     * something is wrong.
     */
    public static void main(String[] args) {
        int seconds = Integer.parseInt(args[0]);
        List<Path> panels = Stream.of(args).skip(3).map(Path::of).toList();
        Program.run("SCRAPE", (findings, out) -> run(seconds, Path.of(args[1]), Path.of(args[2]), panels, findings));
    }

    private static String run(int seconds, Path program, Path directory, List<Path> panels, Findings findings)
            throws IOException {
        try (ServiceProcess service = ServiceProcess.launchMeasured(
                        List.of("-Xmx512m"),
                        ServiceProcess.JAR,
                        directory.resolve("data"),
                        Map.of("IDEMP_TTL_MS", "20000"));
                Prometheus prometheus =
                        Prometheus.start(program, Files.createDirectories(directory), loopback(service.uri()))) {
            String figures = new Scrape(prometheus, findings).underLoad(service.uri(), seconds);
            long now = Instant.now().getEpochSecond();
            for (Path to : panels) {
                new PanelData(prometheus, now - seconds, now).write(to);
            }
            return figures;
        }
    }

    private static URI loopback(URI service) {
        return URI.create("http://127.0.0.1:" + service.getPort());
    }

    private String underLoad(URI service, int seconds) throws IOException {
        try (ScrapeLoad load = new ScrapeLoad(service)) {
            Moments.pause(Duration.ofSeconds(seconds).toMillis());
            // While the load goes on: what happened a minute ago is no rate any more.
            long scrapes = scrapes(seconds);
            if (!findings.none()) {
                return ""; // what was not scraped is missing everywhere
            }
            Set<String> names = names();
            int documented = documented(names);
            int queries = questions(names);
            int alarms = alarms(names);
            double longest = value("max_over_time(scrape_duration_seconds{job=\"inventory\"}[" + seconds + "s])");
            double samples = value("scrape_samples_scraped{job=\"inventory\"}");
            String firing = firing();
            require(load.failures() == 0, load.failures() + " requests failed or were answered with 500");
            return String.format(
                    "%d scrapes in %d s under %d requests/s, 0 failed, %d refused, the longest %.0f ms, %.0f series; all %d"
                            + " documented names there; %d questions of the dashboard answered, %d alarms evaluated,"
                            + " firing: %s",
                    scrapes,
                    seconds,
                    load.answers() / seconds,
                    load.refused(),
                    longest * 1000,
                    samples,
                    documented,
                    queries,
                    alarms,
                    firing);
        }
    }

    private long scrapes(int seconds) throws IOException {
        String range = "[" + seconds + "s]";
        double count = value("count_over_time(" + UP + range + ")");
        require(count >= seconds / (double) INTERVAL_SECONDS - 2, "only " + count + " scrapes");
        require(value("min_over_time(" + UP + range + ")") == 1, "a scrape failed");
        for (JsonNode target : prometheus.api("targets").get("activeTargets")) {
            require(target.get("health").asString().equals("up"), "it is not up: " + target);
            require(target.get("lastError").asString().isEmpty(), "the last scrape failed: " + target);
        }
        for (String figure : prometheus.ownFigures()) {
            require(
                    !figure.matches(
                            "prometheus_target_scrape\\w*_(exceeded|sample_(duplicate|out))\\w*_total.* [1-9].*"),
                    "samples were left out: " + figure);
        }
        prometheus.complaints().forEach(line -> findings.add(Kind.OTHER, "Prometheus complains: " + line));
        return Math.round(count);
    }

    private Set<String> names() throws IOException {
        JsonNode values = prometheus.api("label/__name__/values");
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private int documented(Set<String> names) {
        DocumentedSeries documented = DocumentedSeries.read();
        for (String name : documented.always()) {
            require(names.contains(name), "docs/reference/metrics.md has " + name + ", Prometheus has not");
        }
        for (String name : documented.withLocks()) {
            require(
                    !names.contains(name),
                    "docs/reference/metrics.md has " + name + " only with LOCKS_ENABLED, Prometheus without");
        }
        return documented.always().size();
    }

    private int questions(Set<String> names) throws IOException {
        List<Query> queries = OperationsFiles.queries();
        for (Query query : queries) {
            String expression = OperationsFiles.anyProcess(query.expression(), "1m");
            known(names, expression);
            try {
                require(
                        !prometheus.query(expression).isEmpty(),
                        "\"" + query.panel() + "\" shows nothing: " + expression);
            } catch (IOException e) {
                findings.add(Kind.OTHER, "\"" + query.panel() + "\": " + e.getMessage());
            }
        }
        return queries.size();
    }

    private int alarms(Set<String> names) throws IOException {
        List<Alarm> alarms = OperationsFiles.alarms();
        alarms.forEach(alarm -> known(names, alarm.expression()));
        int evaluated = 0;
        for (JsonNode group : prometheus.api("rules").get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                require(rule.get("health").asString().equals("ok"), "a rule cannot be evaluated: " + rule);
                evaluated++;
            }
        }
        require(evaluated == alarms.size(), "only " + evaluated + " rules were evaluated");
        return evaluated;
    }

    private void known(Set<String> names, String expression) {
        for (String name : OperationsFiles.series(expression)) {
            require(name.equals("ALERTS") || names.contains(name), "there is no " + name + " for: " + expression);
        }
    }

    private String firing() throws IOException {
        Set<String> firing = new TreeSet<>();
        for (JsonNode alert : prometheus.query("ALERTS{alertstate=\"firing\"}")) {
            firing.add(alert.at("/metric/alertname").asString());
        }
        return firing.isEmpty() ? "none" : String.join(", ", firing);
    }

    private double value(String expression) throws IOException {
        JsonNode series = prometheus.query(expression);
        return series.size() == 1 ? Double.parseDouble(series.at("/0/value/1").asString()) : Double.NaN;
    }

    private void require(boolean condition, String otherwise) {
        findings.require(condition, Kind.OTHER, otherwise);
    }
}
