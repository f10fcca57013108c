package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static retail.inventory.acceptance.Baskets.basket;
import static retail.inventory.acceptance.Baskets.line;
import static retail.inventory.acceptance.Baskets.lines;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Where holds are, what their answers look like, and on which conditions they are changed. */
class HoldRoutesTest {

    private static final String KEY = "Idempotency-Key";

    private static final SetClock CLOCK = new SetClock();

    @RegisterExtension
    static final RunningService SERVICE = CLOCK.service();

    private static final Baskets HOLDS = new Baskets(SERVICE);

    @BeforeAll
    static void stock() {
        CLOCK.shows(0);
        SERVICE.adjust("S1", "A", 1000);
        SERVICE.adjust("S2", "B", 1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/api/inventory"})
    void theExampleOfTheInterface(String prefix) {
        String path = prefix + "/holds/cart" + prefix.length();
        Reply placed = HOLDS.put(
                path,
                "{\"ttlSeconds\":600,\"reference\":\"ORDER-77\"," + lines(line("S1", "A", 2), line("S2", "B", 1)) + "}",
                KEY,
                "example" + prefix);
        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.header("location")).isEqualTo(path);
        assertThat(placed.header("etag")).matches("\"1\\.[0-9a-f]{8}\"");
        String hold = "{\"holdId\":\"cart" + prefix.length() + "\",\"state\":\"HELD\","
                + "\"expiresAt\":\"2026-11-22T10:10:00.000Z\",\"reference\":\"ORDER-77\",\"version\":1,\"lines\":["
                + "{\"storeId\":\"S1\",\"sku\":\"A\",\"requested\":2,\"qty\":2,\"confirmed\":0},"
                + "{\"storeId\":\"S2\",\"sku\":\"B\",\"requested\":1,\"qty\":1,\"confirmed\":0}]";
        assertThat(placed.body())
                .isEqualTo(hold + ",\"eventId\":\"" + placed.text("eventId") + "\",\"sequence\":"
                        + placed.number("sequence") + "}");
        Reply read = SERVICE.get(path);
        assertThat(read.body()).isEqualTo(hold + "}");
        assertThat(read.header("etag")).isEqualTo(placed.header("etag"));
        assertThat(SERVICE.send("HEAD", path, null).header("etag")).isEqualTo(placed.header("etag"));
        assertThat(SERVICE.send("OPTIONS", path, null).header("allow")).isEqualTo("GET, HEAD, PUT, OPTIONS");
        Reply sold = SERVICE.send("POST", path + "/confirm", null);
        assertThat(sold.status()).as("without a body").isEqualTo(200);
        assertThat(sold.text("state")).isEqualTo("CONFIRMED");
        assertThat(sold.json().at("/lines/0").toString())
                .isEqualTo("{\"storeId\":\"S1\",\"sku\":\"A\",\"requested\":2,\"qty\":0,\"confirmed\":2}");
    }

    @Test
    void theSameKeyIsTheSamePlacement() {
        String body = basket(line("S2", "B", 1), line("S1", "A", 2));
        Reply first = HOLDS.place("keyed", body, KEY, "keyed-1");
        Reply again = HOLDS.place("keyed", basket(line("S1", "A", 2), line("S2", "B", 1)), KEY, "keyed-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        Reply other = HOLDS.place("keyed-2", body, KEY, "keyed-1");
        assertThat(other.isProblem("idempotency-key-reused")).as(other.body()).isTrue();
    }

    @Test
    void anIdIsMadeOfTheKey() {
        Reply made = SERVICE.post("/holds", basket(line("S1", "A", 1)), KEY, "made-1");
        assertThat(made.status()).isEqualTo(201);
        String id = made.text("holdId");
        assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(made.header("location")).isEqualTo("/holds/" + id);
        Reply again = SERVICE.post("/api/inventory/holds", basket(line("S1", "A", 1)), KEY, "made-1");
        assertThat(again.body()).isEqualTo(made.body());
        assertThat(again.header("location")).isEqualTo("/api/inventory/holds/" + id);
        Reply other = SERVICE.post("/holds", basket(line("S1", "A", 1)), KEY, "made-2");
        assertThat(other.text("holdId")).isNotEqualTo(id);
        SERVICE.restart("--inventory.service.idempotency-ttl-ms=1000");
        await().untilAsserted(
                        () -> { // until the key is forgotten
                            Reply late = SERVICE.post("/holds", basket(line("S1", "A", 1)), KEY, "made-1");
                            assertThat(late.isProblem("version-conflict"))
                                    .as(late.toString())
                                    .isTrue();
                            assertThat(late.text("detail")).startsWith("This Idempotency-Key has made a hold before");
                        });
        assertThat(SERVICE.get("/holds/" + id).number("version")).isEqualTo(1);
    }

    @Test
    void onlyOnTheConditionThatWasNamed() {
        String body = basket(line("S1", "A", 1));
        assertThat(HOLDS.place("if", body, "If-Match", "\"1\"").isProblem("version-conflict"))
                .isTrue();
        Reply placed = HOLDS.place("if", body, "If-None-Match", "*");
        assertThat(placed.status()).isEqualTo(201);
        Reply there = HOLDS.place("if", body, "If-None-Match", "*");
        assertThat(there.isProblem("version-conflict")).isTrue();
        assertThat(there.number("currentVersion")).isEqualTo(1);
        assertThat(there.header("etag")).isEqualTo(placed.header("etag"));
        assertThat(HOLDS.place("if", body, "If-Match", "\"0\"").status()).isEqualTo(409);
        Reply second = HOLDS.place("if", body, "If-Match", String.valueOf(placed.header("etag")));
        assertThat(second.status()).isEqualTo(200);
        Reply late = HOLDS.place("if", body, "If-Match", String.valueOf(placed.header("etag")));
        assertThat(late.text("detail")).startsWith("Version 1 was expected, but hold if is at version 2");
        Reply foreign = HOLDS.place("if", body, "If-Match", "\"2.00000000\"");
        assertThat(foreign.text("detail")).startsWith("The entity tag is of another log");
    }

    @Test
    void everyLineOfAnotherVersionIsNamed() {
        SERVICE.adjust("S1", "V1", 5);
        SERVICE.adjust("S1", "V2", 5);
        String versioned = "{\"lines\":[{\"storeId\":\"S1\",\"sku\":\"V1\",\"qty\":1,\"expectedVersion\":7},"
                + "{\"storeId\":\"S1\",\"sku\":\"V2\",\"qty\":9,\"expectedVersion\":1},"
                + "{\"storeId\":\"S1\",\"sku\":\"V3\",\"qty\":9,\"expectedVersion\":4}]}";
        Reply refused = HOLDS.place("versions", versioned);
        assertThat(refused.isProblem("version-conflict")).as(refused.body()).isTrue();
        assertThat(refused.json().get("lines").toString())
                .isEqualTo("[{\"storeId\":\"S1\",\"sku\":\"V1\",\"currentVersion\":1,\"currentQty\":5},"
                        + "{\"storeId\":\"S1\",\"sku\":\"V3\",\"currentVersion\":0,\"currentQty\":0}]");
        assertThat(refused.text("detail")).startsWith("2 of 3 lines are of another version than expected.");
    }

    @Test
    void listsHoldsByReferencePageByPage() {
        for (String id : List.of("ref-c", "ref-a", "ref-b")) {
            HOLDS.place(id, "{\"reference\":\"PAGES 1\"," + lines(line("S1", "A", 1)) + "}");
        }
        HOLDS.release("ref-b");
        Reply first = SERVICE.get("/holds?reference=PAGES%201&limit=2");
        assertThat(ids(first)).containsExactly("ref-a", "ref-b");
        assertThat(first.json().at("/holds/1/state").asString()).isEqualTo("RELEASED");
        Reply last = SERVICE.get("/holds?reference=PAGES%201&limit=2&after=" + first.text("next"));
        assertThat(ids(last)).containsExactly("ref-c");
        assertThat(last.json().has("next")).isFalse();
        assertThat(ids(SERVICE.get("/holds?reference=NOBODY"))).isEmpty();
    }

    @Test
    void listsHoldsByTheirEnd() {
        SERVICE.adjust("S3", "END", 100);
        for (int seconds : new int[] {30, 10, 20}) {
            HOLDS.place("end-" + seconds, "{\"ttlSeconds\":" + seconds + "," + lines(line("S3", "END", seconds)) + "}");
        }
        HOLDS.place("end-never", "{\"ttlSeconds\":null,\"reference\":\"R\"," + lines(line("S3", "END", 1)) + "}");
        assertThat(ids(SERVICE.get("/holds?expiringWithin=31"))).containsExactly("end-10", "end-20", "end-30");
        assertThat(ids(SERVICE.get("/holds?expiringWithin=30"))).containsExactly("end-10", "end-20");
        assertThat(ids(SERVICE.get("/holds?expiringWithin=31&limit=1"))).containsExactly("end-10");

        List<String> paged = new ArrayList<>();
        String after = "";
        do {
            Reply page = SERVICE.get("/stores/S3/inventory/END/holds?limit=1" + after);
            page.json()
                    .get("holds")
                    .forEach(hold -> paged.add(hold.get("holdId").asString() + " " + hold.get("qty")));
            after = page.json().has("next") ? "&after=" + page.text("next") : "";
        } while (!after.isEmpty());
        assertThat(paged).containsExactly("end-10 10", "end-20 20", "end-30 30", "end-never 1");
        Reply byQuery = SERVICE.get("/api/inventory/stores/S3/inventory/holds?sku=END");
        assertThat(byQuery.body())
                .isEqualTo(SERVICE.get("/stores/S3/inventory/END/holds").body());

        CLOCK.shows(10_000);
        assertThat(ids(SERVICE.get("/holds?expiringWithin=31"))).containsExactly("end-20", "end-30");
        assertThat(SERVICE.get("/stores/S3/inventory/END/holds?limit=1")
                        .json()
                        .at("/holds/0/holdId")
                        .asString())
                .isEqualTo("end-20");
        CLOCK.shows(0);
    }

    @Test
    void aSkuMayBeCalledHolds() {
        SERVICE.adjust("S1", "holds", 3);
        assertThat(SERVICE.read("S1", "holds").number("qty")).isEqualTo(3);
        HOLDS.place("of-holds", "holds", 2);
        assertThat(SERVICE.get("/stores/S1/inventory/holds/holds")
                        .json()
                        .at("/holds/0/qty")
                        .asLong())
                .isEqualTo(2);
        assertThat(SERVICE.get("/stores/S1/inventory/holds?sku=holds").text("sku"))
                .isEqualTo("holds");
    }

    @Test
    void aBasketMayBeLargeAndAChangeMayNot() {
        String padding = " ".repeat(256 * 1024 - 53);
        String body = basket(line("S1", "A", 1));
        String large = body + " ".repeat(256 * 1024 - body.length());
        assertThat(HOLDS.place("large", large).status()).isEqualTo(201);
        Reply larger = HOLDS.place("large", large + " ");
        assertThat(larger.isProblem("body-too-large")).as(larger.toString()).isTrue();
        Reply change = SERVICE.post("/stores/S1/inventory/A/adjust", "{\"delta\":1}" + padding);
        assertThat(change.isProblem("body-too-large")).as(change.toString()).isTrue();
        String[] hundred = new String[100];
        for (int i = 0; i < hundred.length; i++) {
            SERVICE.adjust("S4", "H" + i, 1);
            hundred[i] = line("S4", "H" + i, 1);
        }
        assertThat(HOLDS.place("hundred", basket(hundred)).json().get("lines")).hasSize(100);
    }

    @Test
    void isCountedByOperationAndReason() {
        HOLDS.place("counted", "NONE-OF-IT", 1);
        HOLDS.confirm("counted");
        HOLDS.extend("counted", 60);
        HOLDS.release("counted");
        String text = PrometheusText.textOf(SERVICE);
        for (String operation : List.of("confirm", "extend", "release")) {
            assertThat(text)
                    .containsPattern("inventory_rejections_total\\{operation=\"" + operation
                            + "\",reason=\"unknown_hold\"} [1-9]");
        }
        assertThat(text)
                .containsPattern(
                        "inventory_rejections_total\\{operation=\"hold\",reason=\"insufficient_stock\"} [1-9]");
        await().untilAsserted(
                        () -> // a request counts after its answer
                        assertThat(PrometheusText.textOf(SERVICE)).contains("uri=\"/holds/{holdId}/confirm\""));
    }

    private static List<String> ids(Reply page) {
        List<String> ids = new ArrayList<>();
        for (JsonNode hold : page.json().get("holds")) {
            ids.add(hold.get("holdId").asString());
        }
        return ids;
    }
}
