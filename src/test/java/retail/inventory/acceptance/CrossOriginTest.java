package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the origins that CORS_ORIGINS names use the service from a browser, and no others. */
class CrossOriginTest {

    private static final String ALLOW_ORIGIN = "access-control-allow-origin";
    private static final String SHOP = "https://shop.example";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=100000",
            "--inventory.web.cors-origins=https://Shop.example:443, http://localhost:5173");

    @BeforeAll
    static void stock() {
        SERVICE.adjust("S1", "A", 5);
    }

    private static List<String> listed(Reply reply, String header) {
        String value = reply.header(header);
        return value == null ? List.of() : Arrays.asList(value.split(", *"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SHOP, "http://localhost:5173"})
    void letsAPageReadTheAnswerAndItsHeaders(String origin) {
        Reply fast = SERVICE.read("S1", "A", "Origin", origin);
        Reply slow = SERVICE.get("/stores/S1/inventory/%41", "Origin", origin);
        Reply missing = SERVICE.read("S1", "NONE", "Origin", origin);
        Reply unread = SERVICE.get("/stores/S1/inventory/A;x", "Origin", origin);
        Reply changed = SERVICE.adjust("S1", "A", 1, "Origin", origin, "Idempotency-Key", "page-" + origin.length());

        for (Reply reply : List.of(fast, slow, missing, unread, changed)) {
            assertThat(reply.header(ALLOW_ORIGIN)).as(reply.toString()).isEqualTo(origin);
            assertThat(reply.headers().get("vary")).contains("Origin");
            assertThat(reply.header("access-control-allow-credentials")).isNull();
            assertThat(listed(reply, "access-control-expose-headers"))
                    .contains(
                            "ETag",
                            "Location",
                            "Idempotency-Replayed",
                            "RateLimit",
                            "RateLimit-Policy",
                            "Retry-After",
                            "X-Request-Id");
        }
        assertThat(changed.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example",
                "https://shop.example:444",
                "https://a.shop.example",
                "null",
                "https://shop.example.evil"
            })
    void tellsOtherPagesNothing(String origin) {
        Reply read = SERVICE.read("S1", "A", "Origin", origin);
        Reply preflight = preflight("/stores/S1/inventory/A/adjust", origin, "POST");

        assertThat(read.header(ALLOW_ORIGIN)).isNull();
        assertThat(read.headers().get("vary")).contains("Origin");
        assertThat(preflight.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThat(listed(preflight, "allow")).containsExactlyInAnyOrder("POST", "OPTIONS");
    }

    @Test
    void saysThatAnswersDifferByOriginAlsoToWhoHasNone() {
        assertThat(SERVICE.read("S1", "A").headers().get("vary")).contains("Origin");
    }

    @ParameterizedTest
    @CsvSource({
        "/stores/S1/inventory/A/adjust, POST OPTIONS",
        "/api/inventory/stores/S1/inventory/A/reserve, POST OPTIONS",
        "/stores/S1/inventory/A, GET HEAD OPTIONS",
        "/stores/S1/inventory, GET HEAD OPTIONS",
        "/central/skus/A, GET HEAD OPTIONS",
        "/sync, POST OPTIONS",
        "/events, GET HEAD OPTIONS"
    })
    void answersAPreflightWithWhatTheRouteTakes(String path, String methods) {
        Reply reply = preflight(path, SHOP, "POST");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.header(ALLOW_ORIGIN)).isEqualTo(SHOP);
        assertThat(listed(reply, "access-control-allow-methods")).containsExactlyInAnyOrder(methods.split(" "));
        assertThat(listed(reply, "access-control-allow-headers"))
                .contains(
                        "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key", "X-Request-Id", "traceparent");
        assertThat(reply.header("access-control-max-age")).isEqualTo("3600");
        assertThat(listed(reply, "allow")).containsExactlyInAnyOrder(methods.split(" "));
    }

    @Test
    void answersAPreflightOfNoRouteWithAProblem() {
        Reply reply = preflight("/nowhere", SHOP, "POST");

        assertThat(reply.isProblem("no-such-route")).isTrue();
        assertThat(reply.header("access-control-allow-methods")).isNull();
    }

    private static Reply preflight(String path, String origin, String method) {
        return SERVICE.send(
                "OPTIONS",
                path,
                null,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "content-type,if-match");
    }
}
