package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Prometheus that was left at its default path, and whoever asks with curl, each gets what it can read. */
class MetricsFormatsTest {

    /** As Prometheus 2.42 sends it. */
    private static final String PROMETHEUS_2 = "application/openmetrics-text;version=1.0.0,"
            + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    /** As Prometheus 3 sends it, when it likes protobuf best. */
    private static final String PROMETHEUS_3 =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                    + "encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                    + "application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
                    + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @BeforeAll
    static void stock() {
        SERVICE.adjust("S1", "A", 5);
    }

    static List<String> asPrometheusAsks() {
        return List.of(
                PROMETHEUS_2,
                PROMETHEUS_3,
                "application/openmetrics-text;version=1.0.0;charset=utf-8",
                "text/plain",
                "text/plain;version=0.0.4",
                "text/plain;version=0.0.4;q=1,*/*;q=0.1",
                "text/*",
                "text/plain;q=0.9,application/json;q=0.8",
                "text/html;q=0.9,text/plain");
    }

    @ParameterizedTest
    @MethodSource("asPrometheusAsks")
    void areForPrometheusWhenItAsks(String accept) {
        for (String path : new String[] {"/metrics", "/api/metrics"}) {
            Reply reply = SERVICE.get(path, "Accept", accept);

            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            assertThat(reply.header("content-type"))
                    .startsWith(accept.startsWith("application") ? "application/openmetrics-text" : "text/plain");
            assertThat(reply.header("vary")).startsWithIgnoringCase("Accept");
            assertThat(reply.body())
                    .contains("\ninventory_requests_total ")
                    .contains("\nhttp_server_requests_seconds_count{")
                    .contains("\njvm_memory_used_bytes{");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/*",
                "application/json, text/plain, */*",
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8",
                "application/json;q=0.9,text/plain;q=0.5",
                "text/plain;q=0,*/*"
            })
    void areJsonForEverybodyElse(String accept) {
        Reply reply = SERVICE.get("/metrics", "Accept", accept);

        assertThat(reply.header("content-type")).isEqualTo("application/json");
        assertThat(reply.number("requests")).isPositive();
        assertThat(SERVICE.get("/metrics").header("content-type")).isEqualTo("application/json");
    }

    @Test
    void nameWhatThereIsToWhoCanReadNoneOfIt() {
        assertThat(SERVICE.get("/metrics", "Accept", "application/xml").text("detail"))
                .contains("application/json", "application/openmetrics-text", "text/plain");
        assertThat(SERVICE.get("/actuator/prometheus", "Accept", "application/json")
                        .text("detail"))
                .contains("text/plain", "application/openmetrics-text")
                .doesNotContain("application/json");
        assertThat(SERVICE.get("/events", "Accept", "text/html").text("detail"))
                .contains("application/json", "text/event-stream");
        assertThat(SERVICE.read("S1", "A", "Accept", "text/html").text("detail"))
                .isEqualTo("The answer is application/json: accept that.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/actuator/prometheus"})
    void sayWhatEachOfThemIs(String path) {
        assertThat(SERVICE.get(path, "Accept", "text/plain").body().lines().filter(line -> line.startsWith("# HELP")))
                .hasSizeGreaterThan(50)
                .allSatisfy(line -> assertThat(line.strip().split(" ", 4)).hasSize(4));
    }
}
