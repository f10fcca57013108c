package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What load balancers, Prometheus and people with a bug report need. */
class OperationsTest {

    private static final String ID = "X-Request-Id";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @ParameterizedTest
    @ValueSource(strings = {"/health/liveness", "/api/health/liveness"})
    void saysThatItIsAlive(String path) {
        Reply reply = SERVICE.get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/readiness", "/api/health/readiness"})
    void saysThatItIsReady(String path) {
        Reply before = SERVICE.get(path);
        Reply changed = SERVICE.adjust("STORE001", "SKU" + path.length(), 1);
        Reply after = SERVICE.get(path);

        assertThat(after.status()).isEqualTo(200);
        assertThat(after.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "ready",
                        "readOnly",
                        "breakers",
                        "queueDepth",
                        "waiting",
                        "problems",
                        "durableSequence",
                        "skus",
                        "central");
        assertThat(after.json().get("breakers").propertyNames())
                .containsExactlyInAnyOrder("dead-letters", "inventory-files", "log", "snapshots");
        assertThat(after.json().get("breakers").valueStream())
                .allMatch(state -> state.asString().equals("CLOSED"));
        assertThat(after.json().get("problems")).isEmpty();
        assertThat(after.json().get("central").propertyNames())
                .containsExactlyInAnyOrder(
                        "sequence", "behind", "lagMs", "stale", "deadLetters", "mismatches", "problem");
        assertThat(after.json().get("ready").asBoolean()).isTrue();
        assertThat(after.json().get("readOnly").asBoolean(true)).isFalse();
        assertThat(after.number("queueDepth")).isZero();
        assertThat(after.number("durableSequence"))
                .isEqualTo(changed.number("sequence"))
                .isEqualTo(before.number("durableSequence") + 1);
        assertThat(after.number("skus")).isEqualTo(before.number("skus") + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void answersSpringsOwnHealthChecks(String path) {
        Reply reply = SERVICE.get(path);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text("status")).isEqualTo("UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/metrics"})
    void countsWhatBecameOfRequests(String path) {
        Reply before = SERVICE.get(path);
        String sku = "COUNTED" + path.length();
        SERVICE.adjust("STORE001", sku, 1, "Idempotency-Key", sku);
        SERVICE.adjust("STORE001", sku, 1, "Idempotency-Key", sku);
        SERVICE.reserve("STORE001", sku, 2);
        SERVICE.read("STORE001", "NOWHERE");
        SERVICE.get("/health/liveness");
        Reply after = SERVICE.get(path);

        assertThat(after.number("requests")).isEqualTo(before.number("requests") + 4);
        assertThat(after.number("conflicts")).isEqualTo(before.number("conflicts") + 1);
        assertThat(after.number("clientErrors")).isEqualTo(before.number("clientErrors") + 2);
        assertThat(after.number("idempotentHits")).isEqualTo(before.number("idempotentHits") + 1);
        for (String zero : List.of("errors", "rateLimited", "shed", "breakerOpen", "fsRetries", "lockAcquired")) {
            assertThat(after.number(zero)).as(zero).isZero();
        }
    }

    @Test
    void feedsPrometheus() {
        SERVICE.read("STORE001", "NOWHERE");

        Reply reply = SERVICE.get("/actuator/prometheus");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("text/plain");
        assertThat(reply.body())
                .contains("jvm_memory_used_bytes")
                .contains("http_server_requests_seconds_count")
                .contains("inventory_shed_total 0.0")
                .contains("inventory_read_only 0.0")
                .contains("resilience4j_circuitbreaker_state{name=\"log\",state=\"closed\"} 1.0");
        assertThat(reply.body().lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
                .anySatisfy(line -> assertThat(line)
                        .contains("method=\"GET\"")
                        .contains("uri=\"/stores/{storeId}/inventory/{sku}\"")
                        .contains("status=\"404\"")
                        .contains("outcome=\"CLIENT_ERROR\""));
        // One time series for a route, not one for each SKU: a catalogue must not fill the monitoring.
        assertThat(reply.body()).doesNotContain("NOWHERE");
    }

    @Test
    void saysWhichBuildRunsAndWhatItMeasures() {
        JsonNode info = SERVICE.get("/actuator/info").json();
        assertThat(info.at("/build/artifact").asString()).isEqualTo("inventory-service");
        assertThat(info.at("/git/commit/id/full").isString()).isEqualTo(Files.exists(Path.of(".git")));
        assertThat(info.at("/git/dirty").isString()).isEqualTo(Files.exists(Path.of(".git")));
        assertThat(SERVICE.get("/actuator/metrics").json().get("names").isArray())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "beans", "heapdump", "shutdown", "threaddump", "configprops", "sbom"})
    void keepsTheRestOfActuatorShut(String endpoint) {
        Reply reply = SERVICE.get("/actuator/" + endpoint);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.isProblem("no-such-route")).isTrue();
    }

    /** A name would make a logger for each of its parts, for ever; a level would switch the log off, or on. */
    @ParameterizedTest
    @ValueSource(strings = {"ROOT", "retail.inventory", "a.b.c.d"})
    void letsNobodyChangeLevelsOrMakeLoggers(String name) {
        String path = "/actuator/loggers/" + name;
        JsonNode before = loggers();

        for (String level : List.of("\"OFF\"", "\"TRACE\"", "null")) {
            Reply reply = SERVICE.post(path, "{\"configuredLevel\":" + level + "}");
            assertThat(reply.isProblem("method-not-allowed"))
                    .as(reply.toString())
                    .isTrue();
            assertThat(reply.header("allow")).doesNotContain("POST");
        }
        await().untilAsserted(
                        () -> { // another test's service, as it starts, sets them anew
                            JsonNode after = loggers(); // with those of other tests beside this one
                            assertThat(before.propertyNames())
                                    .allSatisfy(logger ->
                                            assertThat(after.get(logger)).isEqualTo(before.get(logger)));
                            assertThat(after.has(name)).isEqualTo(before.has(name));
                        });
    }

    private static JsonNode loggers() {
        return SERVICE.get("/actuator/loggers").json().get("loggers");
    }

    @Test
    void tellsStrangersOfItsHealthNoMoreThanThatItIsUp() {
        for (String path : List.of("/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness")) {
            assertThat(SERVICE.get(path).json().propertyNames()).isSubsetOf("status", "groups");
        }
        assertThat(SERVICE.get("/actuator/health/diskSpace").isProblem("no-such-route"))
                .isTrue();
        assertThat(SERVICE.get("/actuator/info").json().propertyNames()).isSubsetOf("build", "git");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-7f3a91", "A", "a.b_c-9", "0123456789abcdef0123456789abcdef"})
    void keepsTheRequestIdOfTheClient(String id) {
        Reply found = SERVICE.get("/health/liveness", ID, id);
        Reply missing = SERVICE.read("STORE001", "NOWHERE", ID, id);

        assertThat(found.header("x-request-id")).isEqualTo(id);
        assertThat(missing.header("x-request-id")).isEqualTo(id);
        assertThat(missing.text("requestId")).isEqualTo(id);
    }

    @Test
    void keepsARequestIdOf128CharactersButNotOf129() {
        String longest = "x".repeat(128);

        assertThat(SERVICE.get("/health/liveness", ID, longest).header("x-request-id"))
                .isEqualTo(longest);
        assertThat(SERVICE.get("/health/liveness", ID, longest + "x").header("x-request-id"))
                .isNotEqualTo(longest + "x")
                .hasSizeBetween(1, 128);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "<script>", "a/b", "%0d%0aSet-Cookie:x", "\"quoted\"", "a,b"})
    void replacesARequestIdThatIsNotSane(String id) {
        Reply reply = SERVICE.read("STORE001", "NOWHERE", ID, id);

        assertThat(reply.header("x-request-id")).isNotEqualTo(id).matches("[A-Za-z0-9._-]{1,128}");
        assertThat(reply.text("requestId")).isEqualTo(reply.header("x-request-id"));
    }

    @Test
    void makesADifferentRequestIdForEachRequest() {
        String first = SERVICE.get("/health/liveness").header("x-request-id");
        String second = SERVICE.get("/health/liveness").header("x-request-id");

        assertThat(first).matches("[A-Za-z0-9._-]{1,128}").isNotEqualTo(second);
    }
}
