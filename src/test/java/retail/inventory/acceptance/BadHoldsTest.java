package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.acceptance.Baskets.basket;
import static retail.inventory.acceptance.Baskets.line;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a request about a hold is told by its place, and nothing happens. */
class BadHoldsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private static final Baskets HOLDS = new Baskets(SERVICE);
    private static final String ONE = "{\"storeId\":\"S1\",\"sku\":\"A\",\"qty\":1}";

    @BeforeAll
    static void stock() {
        SERVICE.adjust("S1", "A", 100);
        HOLDS.place("there", "A", 5);
    }

    private static Arguments place(String field, String rule, String body, String... headers) {
        return Arguments.of(field, rule, "PUT", "/holds/there", body, headers);
    }

    private static Arguments placeLine(String field, String rule, String line) {
        return place("lines[1]" + field, rule, "{\"lines\":[" + ONE + "," + line + "]}");
    }

    private static Arguments post(String field, String rule, String action, String body, String... headers) {
        return Arguments.of(field, rule, "POST", "/holds" + action, body, headers);
    }

    private static Arguments get(String field, String rule, String path) {
        return Arguments.of(field, rule, "GET", path, null, new String[0]);
    }

    static Stream<Arguments> placements() {
        String lines = "\"lines\":[" + ONE + "]";
        return Stream.of(
                place("lines", "must be sent", "{}"),
                place("lines", "must be sent", "{\"lines\":null}"),
                place("lines", "1 to 100 lines, not 0", "{\"lines\":[]}"),
                place("lines", "1 to 100 lines, not 101", "{\"lines\":[" + (ONE + ",").repeat(100) + ONE + "]}"),
                place("lines", "must be a JSON array", "{\"lines\":" + ONE + "}"),
                place("lines", "must be a JSON array", "{\"lines\":\"\"}"),
                place("lines", "from 1 to 2^53", basket(line("S1", "A", 9007199254740991L), line("S1", "A", 1))),
                place(
                        "lines",
                        "expect the same version",
                        "{\"lines\":[" + ONE.replace("}", ",\"expectedVersion\":1}") + ","
                                + ONE.replace("}", ",\"expectedVersion\":2}") + "]}"),
                place("ttlSeconds", "from 1 to 2678400", "{\"ttlSeconds\":0," + lines + "}"),
                place("ttlSeconds", "from 1 to 2678400", "{\"ttlSeconds\":2678401," + lines + "}"),
                place("ttlSeconds", "from 1 to 2678400", "{\"ttlSeconds\":-1," + lines + "}"),
                place("ttlSeconds", "must be an integer", "{\"ttlSeconds\":1.5," + lines + "}"),
                place("ttlSeconds", "must be an integer", "{\"ttlSeconds\":\"60\"," + lines + "}"),
                place("reference", "must be sent for a hold without an end", "{\"ttlSeconds\":null," + lines + "}"),
                place("reference", "printable ASCII", "{\"reference\":\"ü\"," + lines + "}"),
                place("reason", "1 to 32 of A to Z", "{\"reason\":\"sold\"," + lines + "}"),
                place("actor", "must be a JSON string", "{\"actor\":1," + lines + "}"),
                place("ifShort", "refuse or partial", "{\"ifShort\":\"accept\"," + lines + "}"),
                place("ignoreSafetyStock", "must not have", "{\"ignoreSafetyStock\":true," + lines + "}"),
                place("occurredAt", "must not have", "{\"occurredAt\":\"2026-11-22T10:00:00Z\"," + lines + "}"),
                place("If-None-Match", "must be *", "{" + lines + "}", "If-None-Match", "\"1\""),
                place("If-Match", "one version", "{" + lines + "}", "If-Match", "*"),
                place("If-Match", "exclude", "{" + lines + "}", "If-Match", "\"1\"", "If-None-Match", "*"),
                place("Idempotency-Key", "visible ASCII", "{" + lines + "}", "Idempotency-Key", "two words"));
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                placeLine("", "must be a JSON object", "null"),
                placeLine("", "must be a JSON object", "\"A\""),
                placeLine("", "must be a JSON object", "[]"),
                placeLine(".storeId", "1 to 64", "{\"sku\":\"A\",\"qty\":1}"),
                placeLine(".storeId", "1 to 64", "{\"storeId\":\"a/b\",\"sku\":\"A\",\"qty\":1}"),
                placeLine(".sku", "must be sent", "{\"storeId\":\"S1\",\"qty\":1}"),
                placeLine(".sku", "must", "{\"storeId\":\"S1\",\"sku\":\" A\",\"qty\":1}"),
                placeLine(".sku", "JSON string", "{\"storeId\":\"S1\",\"sku\":1,\"qty\":1}"),
                placeLine(".qty", "from 1 to", "{\"storeId\":\"S1\",\"sku\":\"A\"}"),
                placeLine(".qty", "from 1 to", ONE.replace(":1}", ":-1}")),
                placeLine(".qty", "from 1 to", ONE.replace(":1}", ":0}")),
                placeLine(".qty", "must be an integer", ONE.replace(":1}", ":1.5}")),
                placeLine(".qty", "must be an integer", ONE.replace(":1}", ":\"1\"}")),
                placeLine(".expectedVersion", "at least 0", ONE.replace("}", ",\"expectedVersion\":-1}")),
                placeLine(".quantity", "must not have a member lines[1].quantity", "{\"quantity\":1}"));
    }

    static Stream<Arguments> others() {
        String part = "{\"lines\":[" + ONE + "]}";
        return Stream.of(
                post("Idempotency-Key", "must be sent", "", part),
                post("If-Match", "not taken here", "", part, "Idempotency-Key", "k", "If-Match", "\"1\""),
                post("Idempotency-Key", "must be sent with lines", "/there/confirm", part),
                post("Idempotency-Key", "must be sent with lines", "/there/release", part),
                post("lines", "1 to 100", "/there/confirm", "{\"lines\":[]}", "Idempotency-Key", "k"),
                post("lines[0]", "JSON object", "/there/release", "{\"lines\":[null]}", "Idempotency-Key", "k"),
                post("lines[0].qty", "from 1", "/there/release", part.replace(":1}", ":-1}"), "Idempotency-Key", "k"),
                post(
                        "lines[0].expectedVersion",
                        "must not have",
                        "/there/confirm",
                        part.replace("}]", ",\"expectedVersion\":1}]")),
                post("releaseRest", "must be true or false", "/there/confirm", "{\"releaseRest\":\"yes\"}"),
                post("releaseRest", "must not have", "/there/release", "{\"releaseRest\":true}"),
                post("occurredAt", "ISO 8601", "/there/confirm", "{\"occurredAt\":\"yesterday\"}"),
                post("occurredAt", "must not have", "/there/release", "{\"occurredAt\":\"2026-11-22T10:00:00Z\"}"),
                post("lines", "must not have", "/there/extend", part),
                post("ttlSeconds", "from 1 to 2678400", "/there/extend", "{\"ttlSeconds\":null}"),
                post("ttlSeconds", "from 1 to 2678400", "/there/extend", "{\"ttlSeconds\":0}"),
                post("If-Match", "not taken here", "/there/confirm", "{}", "If-Match", "\"1\""),
                post("x", "no query parameter", "/there/confirm?x=1", "{}"),
                get("holdId", "must be 1 to 64", "/holds/_a"),
                get("holdId", "must be 1 to 64", "/holds/" + "a".repeat(65)),
                get("holdId", "as it is", "/holds/%74here"),
                get("x", "no query parameter", "/holds/there?x=1"),
                get("reference", "exactly one", "/holds"),
                get("reference", "exactly one", "/holds?reference=A&expiringWithin=5"),
                get("reference", "printable ASCII", "/holds?reference="),
                get("reference", "must not be sent twice", "/holds?reference=A&reference=B"),
                get("after", "id of a hold", "/holds?reference=A&after=_"),
                get("after", "goes with reference", "/holds?expiringWithin=5&after=a"),
                get("expiringWithin", "1 to 2678400", "/holds?expiringWithin=0"),
                get("expiringWithin", "1 to 2678400", "/holds?expiringWithin=2678401"),
                get("expiringWithin", "1 to 2678400", "/holds?expiringWithin=soon"),
                get("limit", "1 to 1000", "/holds?expiringWithin=5&limit=1001"),
                get("x", "no query parameter", "/holds?x=1"),
                get("after", "next of the page before", "/stores/S1/inventory/A/holds?after=there"),
                get("limit", "1 to 1000", "/stores/S1/inventory/A/holds?limit=0"),
                get("sku", "no query parameter", "/stores/S1/inventory/A/holds?sku=A"),
                get("sku", "must be sent", "/stores/S1/inventory/holds?limit=1"));
    }

    @ParameterizedTest
    @MethodSource({"placements", "lines", "others"})
    void isRefusedAndChangesNothing(
            String field, String rule, String method, String path, @Nullable String body, String[] headers) {
        String before = HOLDS.hold("there").body() + SERVICE.read("S1", "A").body();
        Reply refused = switch (method) {
            case "PUT" -> HOLDS.put(path, String.valueOf(body), headers);
            case "POST" -> SERVICE.post(path, String.valueOf(body), headers);
            default -> SERVICE.get(path, headers);
        };
        assertThat(refused.isProblem("invalid-request")).as(refused.toString()).isTrue();
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("field")).as(refused.body()).isEqualTo(field);
        assertThat(refused.text("detail")).contains(rule).hasSizeLessThan(300).doesNotContain("java", "retail.");
        assertThat(HOLDS.hold("there").body() + SERVICE.read("S1", "A").body()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /holds/there/, no-such-route, 404",
        "GET, /holds/, no-such-route, 404",
        "POST, /holds/there/renew, no-such-route, 404",
        "POST, /holds/there/confirm/x, no-such-route, 404",
        "GET, /api/holds/there, no-such-route, 404",
        "GET, /holds/there/confirm, method-not-allowed, 405",
        "DELETE, /holds/there, method-not-allowed, 405",
        "PUT, /holds, method-not-allowed, 405",
        "POST, /stores/S1/inventory/A/holds, method-not-allowed, 405"
    })
    void hasNoOtherRoutes(String method, String path, String problem, int status) {
        Reply refused = SERVICE.send(method, path, null);
        assertThat(refused.isProblem(problem)).as(refused.toString()).isTrue();
        assertThat(refused.status()).isEqualTo(status);
    }
}
