package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No cache in between shows stock that is no longer true, nor guesses at what an answer is. */
class CacheDirectivesTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @BeforeAll
    static void stock() {
        SERVICE.adjust("S1", "A", 5);
        SERVICE.post("/sync", "");
    }

    /** Asserts it of an answer that has been received. */
    static void assertDirective(Reply reply, String directive) {
        assertThat(reply.headers().get("cache-control")).as(reply.toString()).isEqualTo(List.of(directive));
        assertThat(reply.headers().get("x-content-type-options"))
                .as(reply.toString())
                .isEqualTo(List.of("nosniff"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/stores/S1/inventory/A",
                "/stores/S1/inventory/%41",
                "/api/inventory/stores/S1/inventory/A",
                "/central/skus/A",
                "/api/central/skus/A",
                "/central/stores/S1",
                "/central/inventory",
                "/openapi.yaml",
                "/docs/index.html",
                "/docs/swagger-ui.css"
            })
    void isAskedAgainEachTimeForWhatHasATag(String path) {
        Reply got = SERVICE.get(path);
        Reply known = SERVICE.get(path, "If-None-Match", String.valueOf(got.header("etag")));
        Reply head = SERVICE.send("HEAD", path, null);

        assertThat(List.of(got.status(), known.status(), head.status())).isEqualTo(List.of(200, 304, 200));
        assertThat(known.header("etag")).isEqualTo(got.header("etag"));
        assertDirective(got, "no-cache");
        assertDirective(known, "no-cache");
        assertDirective(head, "no-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "200, /stores/S1/inventory",
        "200, /events",
        "200, /dead-letters",
        "200, /audit",
        "200, /health/liveness",
        "200, /health/readiness",
        "200, /api/health/readiness",
        "200, /metrics",
        "200, /actuator",
        "200, /actuator/health",
        "200, /actuator/health/liveness",
        "200, /actuator/info",
        "200, /actuator/prometheus",
        "302, /docs",
        "302, /docs/",
        "404, /stores/S1/inventory/NONE",
        "404, /stores/NONE/inventory",
        "404, /central/skus/NONE",
        "404, /nowhere",
        "404, /actuator/nowhere",
        "404, /docs/nowhere",
        "400, /stores/S1/inventory?limit=x",
        "400, /stores/S1/inventory/A;b=c",
        "400, /stores/S1/inventory/A%00B",
        "400, /stores/S1/inventory/%00"
    })
    void keepsNothingElse(int status, String path) {
        Reply got = SERVICE.get(path);
        Reply head = SERVICE.send("HEAD", path, null);

        assertThat(got.status()).isEqualTo(status);
        assertDirective(got, "no-store");
        assertDirective(head, "no-store");
    }

    @Test
    void keepsNoAnswerToAChangeOrAQuestionAboutMethods() {
        for (Reply reply : List.of(
                SERVICE.adjust("S1", "NEW", 1),
                SERVICE.adjust("S1", "NEW", 1, "Accept", "application/json;q=0.9"),
                SERVICE.reserve("S1", "NEW", 10),
                SERVICE.adjust("S1", "NEW", 1, "If-Match", "\"77\""),
                SERVICE.post("/stores/S1/inventory/NEW/adjust", "{"),
                SERVICE.post("/stores/S1/inventory/NEW/adjust", "x".repeat(100_000)),
                SERVICE.post("/sync", ""),
                SERVICE.send("DELETE", "/stores/S1/inventory/NEW", null),
                SERVICE.send("OPTIONS", "/stores/S1/inventory/NEW", null),
                SERVICE.get("/events", "Accept", "text/html"))) {
            assertDirective(reply, "no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a\\b HTTP/1.1\nHost: localhost",
                "GET /health/liveness HTTP/1.1",
                "GET /health/liveness HTTP/1.1\nHost: /",
                "GET /health/liveness HTTP/1.1\nHost: localhost\nTransfer-Encoding: gzip",
                "GET /health/liveness HTTP/3.7\nHost: localhost",
                "GET /stores?a[]=1 HTTP/1.1\nHost: localhost",
                "GET /a|b HTTP/1.1\nHost: localhost",
                "TRACE /events HTTP/1.1\nHost: localhost",
                "OPTIONS * HTTP/1.1\nHost: localhost",
                "GET * HTTP/1.1\nHost: localhost",
                "G{T / HTTP/1.1\nHost: localhost"
            })
    void keepsNothingOfWhatTheWebServerAnswersByItself(String head) {
        assertDirective(SERVICE.raw(head + "\nConnection: close\n\n"), "no-store");
    }

    @Test
    void keepsNothingOfARequestThatIsRefusedBehindAGoodOne() {
        String good = "GET /health/liveness HTTP/1.1\nHost: localhost\n\n";
        Reply both = SERVICE.raw(good + "GET /a|b HTTP/1.1\nHost: localhost\nConnection: close\n\n");

        assertThat(both.body().toLowerCase(Locale.ROOT))
                .contains("http/1.1 400")
                .contains("cache-control: no-store");
    }

    @Test
    void keepsNothingOfAStream() {
        Reply head = SERVICE.send("HEAD", "/events", null, "Accept", "text/event-stream");

        assertThat(head.header("content-type")).startsWith("text/event-stream");
        assertDirective(head, "no-store");
    }
}
