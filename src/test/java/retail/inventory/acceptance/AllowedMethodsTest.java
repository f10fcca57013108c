package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route says it takes is what it takes. */
class AllowedMethodsTest {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW");

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @ParameterizedTest
    @CsvSource({
        "/stores/S1/inventory/A, GET HEAD OPTIONS",
        "/stores/S1/inventory/%41, GET HEAD OPTIONS",
        "/stores/S1/inventory, GET HEAD OPTIONS",
        "/stores/S1/inventory/A%2FB, GET HEAD OPTIONS",
        "/stores/S1/inventory/A/adjust, POST OPTIONS",
        "/stores/S1/inventory/adjust/adjust, POST OPTIONS",
        "/stores/S1/inventory/adjust, GET HEAD POST OPTIONS",
        "/api/inventory/stores/S1/inventory/reserve, GET HEAD POST OPTIONS",
        "/api/inventory/stores/S1/inventory/A/adjust, POST OPTIONS",
        "/stores/S1/inventory/A/reserve, POST OPTIONS",
        "/central/skus/A, GET HEAD OPTIONS",
        "/central/skus/A%2FB, GET HEAD OPTIONS",
        "/central/skus, GET HEAD OPTIONS",
        "/central/stores/S1, GET HEAD OPTIONS",
        "/central/inventory, GET HEAD OPTIONS",
        "/sync, POST OPTIONS",
        "/api/sync, POST OPTIONS",
        "/events, GET HEAD OPTIONS",
        "/dead-letters, GET HEAD OPTIONS",
        "/dead-letters/1/replay, POST OPTIONS",
        "/audit, GET HEAD OPTIONS",
        "/health/liveness, GET HEAD OPTIONS",
        "/health/readiness, GET HEAD OPTIONS",
        "/metrics, GET HEAD OPTIONS",
        "/docs, GET HEAD OPTIONS",
        "/docs/index.html, GET HEAD OPTIONS",
        "/openapi.yaml, GET HEAD OPTIONS",
        "/, GET HEAD OPTIONS",
        "/actuator, GET HEAD OPTIONS",
        "/actuator/health, GET HEAD OPTIONS",
        "/actuator/health/readiness, GET HEAD OPTIONS",
        "/actuator/info, GET HEAD OPTIONS",
        "/actuator/prometheus, GET HEAD OPTIONS",
        "/actuator/metrics, GET HEAD OPTIONS"
    })
    void saysWhatItTakesAndTakesNothingElse(String path, String allowed) {
        Set<String> expected = new TreeSet<>(Arrays.asList(allowed.split(" ")));

        Reply options = SERVICE.send("OPTIONS", path, null);
        assertThat(options.status()).as(options.toString()).isEqualTo(200);
        assertThat(allow(options)).isEqualTo(expected);

        for (String method : METHODS) {
            Reply reply = SERVICE.send(method, path, null);
            if (expected.contains(method)) {
                assertThat(reply.status()).as("%s: %s", method, reply).isNotEqualTo(405);
            } else {
                assertThat(reply.status()).as("%s: %s", method, reply).isEqualTo(405);
                assertThat(method.equals("HEAD") || reply.isProblem("method-not-allowed"))
                        .as("%s: %s", method, reply)
                        .isTrue();
                assertThat(allow(reply)).as(method).isEqualTo(expected);
            }
        }
    }

    @Test
    void takesNothingWhereNothingIs() {
        for (String path : new String[] {"/nowhere", "/stores/S1/inventory/A/increase", "/actuator/beans"}) {
            for (String method : METHODS) {
                Reply reply = SERVICE.send(method, path, null);

                assertThat(reply.status()).as("%s: %s", method, reply).isEqualTo(404);
                assertThat(reply.header("allow")).as("%s: %s", method, reply).isNull();
            }
        }
    }

    @Test
    void echoesNothing() {
        Reply reply = SERVICE.raw(
                "TRACE /events HTTP/1.1\nHost: localhost\nX-Secret: found\nMax-Forwards: 0\nConnection: close\n\n");

        assertThat(reply.isProblem("method-not-allowed")).as(reply.toString()).isTrue();
        assertThat(reply.body()).doesNotContain("found");
    }

    @Test
    void answersForTheWholeServer() {
        Reply reply = SERVICE.raw("OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(allow(reply)).isSubsetOf("GET", "HEAD", "POST", "OPTIONS");
        assertThat(reply.header("x-request-id")).isNotNull();
    }

    private static Set<String> allow(Reply reply) {
        return new TreeSet<>(Arrays.asList(String.valueOf(reply.header("allow")).split(", *")));
    }
}
