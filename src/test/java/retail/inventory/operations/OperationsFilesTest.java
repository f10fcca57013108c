package retail.inventory.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import retail.inventory.operations.OperationsFiles.Alarm;
import tools.jackson.databind.JsonNode;

class OperationsFilesTest {

    private static final Path COMPOSE = Path.of("ops/compose.yaml");
    private static final Path STATEFUL_SET = Path.of("ops/kubernetes/stateful-set.yaml");

    /** Of libraries and of Prometheus itself: documented by them. */
    private static final Set<String> OF_OTHERS = Set.of(
            "up",
            "ALERTS",
            "application_ready_time_seconds",
            "disk_free_bytes",
            "disk_total_bytes",
            "jvm_gc_pause_seconds_max",
            "jvm_memory_usage_after_gc",
            "jvm_memory_used_bytes",
            "logback_events_total",
            "process_cpu_usage",
            "process_start_time_seconds",
            "process_uptime_seconds",
            "system_cpu_usage",
            "resilience4j_bulkhead_available_concurrent_calls");

    /** Each service of the namespace would put a dozen variables into the pod, and some could have names of ours. */
    @Test
    void kubernetesPutsNoVariablesOfOtherServicesIntoThePod() {
        assertThat(find("(?m)^      (\\w+: \\w+)", OperationsFiles.text(STATEFUL_SET)))
                .contains("enableServiceLinks: false");
    }

    @Test
    void eachAlarmHasASectionOfTheRunbookAndEachSectionAnAlarm() {
        assertThat(find("(?m)^## (\\w+)$", OperationsFiles.text(Path.of("docs/guides/runbook.md"))))
                .containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void eachSectionOfTheRunbookSaysWhatItMeansWhereToLookAndWhatToDo() {
        for (String section :
                OperationsFiles.text(Path.of("docs/guides/runbook.md")).split("\n## ", -1)) {
            if (!section.startsWith("# ")) {
                assertThat(section).contains("\n**Means.** ", "\n**Look.** ", "\n**Do.** ");
            }
        }
    }

    @Test
    void eachAlarmLinksToItsSection() {
        for (Alarm alarm : OperationsFiles.alarms()) {
            assertThat(alarm.runbookUrl())
                    .endsWith("}docs/guides/runbook.md#" + alarm.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void eachAlarmIsTestedWhenItComesAndWhenItDoesNot() {
        Set<String> comes = new TreeSet<>();
        Set<String> doesNot = new TreeSet<>();
        for (JsonNode test : OperationsFiles.yaml(OperationsFiles.PROMETHEUS.resolve("rules-test.yaml"))
                .getFirst()
                .get("tests")) {
            for (JsonNode expected : test.get("alert_rule_test")) {
                (expected.get("exp_alerts").isEmpty() ? doesNot : comes)
                        .add(expected.get("alertname").asString());
            }
        }
        assertThat(comes).containsExactlyInAnyOrderElementsOf(names());
        assertThat(doesNot).containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void alarmsAndDashboardAskForDocumentedSeriesOnly() {
        DocumentedSeries documented = DocumentedSeries.read();
        Set<String> known = new TreeSet<>(OF_OTHERS);
        known.addAll(documented.always());
        known.addAll(documented.withLocks());
        expressions().forEach(expression -> {
            assertThat(OperationsFiles.series(expression)).as(expression).isNotEmpty();
            assertThat(known).as(expression).containsAll(OperationsFiles.series(expression));
            // else the line before would not see it
            assertThat(count("\\{", expression)).as(expression).isEqualTo(count("\\{job=\"inventory\"", expression));
            assertThat(count("inventory_[a-z_]+", expression))
                    .as(expression)
                    .isEqualTo(count("inventory_[a-z_]+\\{", expression));
        });
    }

    @Test
    void eachPanelSaysWhatItShowsAndInWhichUnit() {
        for (JsonNode panel : OperationsFiles.panels()) {
            String title = panel.get("title").asString();
            assertThat(panel.path("description").asString("")).as(title).isNotBlank();
            if (!panel.get("type").asString().equals("heatmap")) {
                assertThat(panel.at("/fieldConfig/defaults/unit").asString(""))
                        .as(title)
                        .isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/thresholds/steps"))
                        .as(title)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void imagesArePinned() {
        List<String> images = Stream.concat(
                        find("(?m)^ *image: (\\S+)$", OperationsFiles.text(COMPOSE)).stream(),
                        find("(?m)^FROM (\\S+)", OperationsFiles.text(Path.of("Dockerfile"))).stream())
                .toList();
        assertThat(images).hasSizeGreaterThanOrEqualTo(4).allMatch(image -> image.matches(".*:v?\\d+\\.\\d+\\.\\d+.*"));
    }

    @Test
    void composePublishesOnTheLoopbackAddressOnly() {
        for (JsonNode service : OperationsFiles.yaml(COMPOSE).getFirst().get("services")) {
            if (service.path("restart").asString("").equals("no")) {
                assertThat(service.has("ports")).isFalse();
                continue; // it ends before the others begin
            }
            assertThat(service.get("ports"))
                    .isNotEmpty()
                    .allMatch(port -> port.asString().startsWith("127.0.0.1:"));
            assertThat(service.has("healthcheck")).isTrue();
        }
    }

    @Test
    void whoStopsItGivesItMoreTimeThanItTakes() {
        JsonNode service = OperationsFiles.yaml(COMPOSE).getFirst().at("/services/inventory");
        int stopMs = service.at("/environment/SHUTDOWN_TIMEOUT_MS").asInt();
        assertThat(seconds(service.get("stop_grace_period").asString()) * 1000).isGreaterThan(stopMs);

        JsonNode pod = OperationsFiles.yaml(STATEFUL_SET).getFirst().at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        int podStopMs = 0;
        for (JsonNode variable : container.get("env")) {
            if (variable.get("name").asString().equals("SHUTDOWN_TIMEOUT_MS")) {
                podStopMs = variable.get("value").asInt();
            }
        }
        int pauseMs = 1000 * container.at("/lifecycle/preStop/sleep/seconds").asInt();
        assertThat(podStopMs).isPositive();
        assertThat(1000 * pod.get("terminationGracePeriodSeconds").asInt()).isGreaterThan(podStopMs + pauseMs);
    }

    private static List<String> names() {
        return OperationsFiles.alarms().stream().map(Alarm::name).toList();
    }

    private static Stream<String> expressions() {
        return Stream.concat(
                OperationsFiles.alarms().stream().map(Alarm::expression),
                OperationsFiles.queries().stream().map(OperationsFiles.Query::expression));
    }

    private static long count(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    private static int seconds(String period) {
        assertThat(period).matches("\\d+s");
        return Integer.parseInt(period.substring(0, period.length() - 1));
    }

    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toList());
    }
}
