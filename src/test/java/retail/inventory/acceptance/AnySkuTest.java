package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retail.inventory.stock.StockKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A SKU of any printable text comes out everywhere as it went in, and no spelling of one reaches another. */
@TestMethodOrder(OrderAnnotation.class)
class AnySkuTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String STORE = "ANY";

    /** Each must be another one than all others, whatever part of the way might take them for the same. */
    private static final List<String> SKUS = List.of(
            "LM555CN/NOPB",
            "LM555CN%2FNOPB",
            "LM555CN%252FNOPB",
            "/",
            "//",
            "a/b/",
            "/adjust",
            "A/adjust",
            "adjust",
            "reserve",
            "inventory",
            "4N35#",
            "#",
            "1,5 kg",
            "A+B",
            "A B",
            "A%20B",
            "M8 (x40)",
            "R&D=x?y",
            "a;b=c",
            "...",
            ".hidden",
            "100%",
            "%41",
            "\"quoted\"",
            "C:\\x\\u0041",
            "{sku}",
            "<b>",
            "[1]|^`'*$@!~",
            "\u00c4pfel",
            "\u00d8 8\u00d740",
            "\u65e5\u672c\u9152",
            "\uff21",
            "\ufb00",
            "\u0915\u094d\u0937\u093f",
            "\u2764\ufe0f",
            "\ud83d\udc55",
            "\ud83d\udc55".repeat(63) + "\u65e5",
            "\u65e5".repeat(64),
            "/".repeat(64),
            "\"".repeat(64));

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private static long sequenceBefore;

    static List<String> skus() {
        return SKUS;
    }

    /** Its quantity says which it is. */
    private static long units(String sku) {
        return 100L + SKUS.indexOf(sku);
    }

    @BeforeAll
    static void stock() {
        assertThat(new HashSet<>(SKUS)).hasSameSizeAs(SKUS);
        sequenceBefore = SERVICE.get("/health/readiness").number("durableSequence");
        for (String sku : SKUS) {
            Reply created = SERVICE.adjust(STORE, sku, units(sku) - 1);
            assertThat(created.status()).as(created.toString()).isEqualTo(201);
            assertThat(created.text("sku")).isEqualTo(sku);
            String location = String.valueOf(created.header("location"));
            assertThat(location)
                    .isEqualTo("/stores/ANY/inventory/"
                            + Encoded.text(sku)
                                    .replace("*", "%2A")
                                    .replace("%7E", "~")
                                    .replace("%3A", ":"));
            assertThat(SERVICE.get(location).text("sku")).isEqualTo(sku);
            Reply more = SERVICE.post(
                    "/stores/ANY/inventory/adjust?sku=" + Encoded.text(sku), "{\"delta\":2}", "If-Match", "\"1\"");
            assertThat(more.status()).as(more.toString()).isEqualTo(200);
            assertThat(more.text("sku")).isEqualTo(sku);
            Reply less = SERVICE.post(
                    "/api/inventory/stores/ANY/inventory/reserve?sku=" + Encoded.text(sku),
                    "{\"qty\":1}",
                    "If-Match",
                    "\"2\"");
            assertThat(less.number("version")).as(less.toString()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("skus")
    @Order(1)
    void isReadInEachWay(String sku) {
        assertIsThere(sku);
    }

    @Test
    @Order(1)
    void isOnThePagesInOrder() {
        assertPagesAreInOrder();
    }

    private static void assertPagesAreInOrder() {
        List<String> sorted = new ArrayList<>(SKUS);
        sorted.sort(StockKey.SKU_ORDER);

        assertThat(pages("/stores/ANY/inventory")).isEqualTo(sorted);
        assertThat(pages("/central/stores/ANY")).isEqualTo(sorted);
    }

    @Test
    @Order(1)
    void isInTheWholeInventory() {
        JsonNode stores = SERVICE.get("/central/inventory").json().get("inventory");
        assertThat(stores.get(STORE).propertyNames()).containsExactlyInAnyOrderElementsOf(SKUS);
        SKUS.forEach(sku ->
                assertThat(stores.get(STORE).get(sku).get("qty").asLong()).isEqualTo(units(sku)));
    }

    @Test
    @Order(1)
    void isInTheFeedInPagesAndStreams() throws IOException {
        Map<String, Integer> events = new HashMap<>();
        SERVICE.get("/events?limit=1000&after=" + sequenceBefore)
                .json()
                .get("events")
                .forEach(event -> events.merge(skuOf(event), 1, Integer::sum));
        assertThat(events.keySet()).containsExactlyInAnyOrderElementsOf(SKUS);
        assertThat(events.values()).containsOnly(3);

        Set<String> streamed = new HashSet<>();
        try (EventStream stream = EventStream.openWithoutChunks(SERVICE, "/events?after=" + sequenceBefore)) {
            for (int i = 0; i < 3 * SKUS.size(); i++) {
                streamed.add(skuOf(JSON.readTree(stream.nextData())));
            }
        }
        assertThat(streamed).containsExactlyInAnyOrderElementsOf(SKUS);
    }

    private static String skuOf(JsonNode event) {
        return event.at("/movements/0/sku").asString();
    }

    @Test
    @Order(1)
    void isWhatTheAuditSees() {
        assertThat(SERVICE.get("/audit").json().path("mismatches").isEmpty()).isTrue();
        assertThat(SERVICE.get("/dead-letters").json().path("letters").isEmpty())
                .isTrue();
    }

    @Test
    @Order(2)
    void isThereAfterARestart() {
        SERVICE.restart();
        SKUS.forEach(AnySkuTest::assertIsThere);
        assertPagesAreInOrder();
    }

    @Test
    @Order(3)
    void isThereAfterARestartWithTheLogAlone() throws IOException {
        SERVICE.restartWithTheLogAlone();
        SERVICE.restartWithout("central");
        SKUS.forEach(AnySkuTest::assertIsThere);
        assertPagesAreInOrder();
    }

    private static void assertIsThere(String sku) {
        Reply read = SERVICE.read(STORE, sku);
        assertThat(read.text("sku")).as(read.toString()).isEqualTo(sku);
        assertThat(read.number("qty")).isEqualTo(units(sku));

        Reply byQuery = SERVICE.get("/stores/ANY/inventory?sku=" + Encoded.text(sku));
        assertThat(byQuery.json().get("records")).containsExactly(read.json());
        assertThat(byQuery.header("etag")).isEqualTo(read.header("etag"));

        Reply central = SERVICE.get("/central/skus/" + Encoded.text(sku) + "?minSequence=" + sequence());
        assertThat(central.text("sku")).as(central.toString()).isEqualTo(sku);
        assertThat(central.number("total")).isEqualTo(units(sku));
        assertThat(SERVICE.get("/central/skus?sku=" + Encoded.text(sku)).number("total"))
                .isEqualTo(units(sku));
    }

    private static long sequence() {
        return SERVICE.get("/health/readiness").number("durableSequence");
    }

    private static List<String> pages(String path) {
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = SERVICE.get(path + "?limit=7" + (next.isEmpty() ? "" : "&after=" + Encoded.text(next)))
                    .json();
            page.get("records").forEach(item -> seen.add(item.get("sku").asString()));
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        return seen;
    }
}
