package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.stock.StockKey;
import tools.jackson.databind.JsonNode;

/** Records, pages and what a cache may keep. */
class ReadingStockTest {

    private static final String STORE = "STORE001";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @Test
    void showsTheRecordThatAChangeLeft() {
        Reply changed = SERVICE.adjust(STORE, "SHOWN", 12);
        Reply shown = SERVICE.read(STORE, "SHOWN");

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.header("content-type")).isEqualTo("application/json");
        assertThat(shown.header("etag")).startsWith("\"1.").isEqualTo(changed.header("etag"));
        assertThat(shown.json().propertyNames())
                .containsExactly("sku", "storeId", "qty", "held", "available", "version", "updatedAt");
        assertThat(changed.json().propertyNames())
                .containsExactly(
                        "sku", "storeId", "qty", "held", "available", "version", "updatedAt", "eventId", "sequence");
        assertThat(shown.json().properties()).isSubsetOf(changed.json().properties());
        assertThat(shown.text("storeId")).isEqualTo(STORE);
        assertThat(shown.text("sku")).isEqualTo("SHOWN");
        assertThat(shown.number("qty")).isEqualTo(12);
        assertThat(shown.text("updatedAt")).matches(TIME);
        assertThat(changed.text("eventId"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void showsTheSameUnderBothPrefixes() {
        SERVICE.adjust(STORE, "TWO-DOORS", 1);
        SERVICE.post("/api/inventory" + RunningService.path(STORE, "TWO-DOORS") + "/reserve", "{\"qty\":1}");

        assertThat(SERVICE.read(STORE, "TWO-DOORS").number("version")).isEqualTo(2);
        for (String path : List.of("/stores/STORE001/inventory/TWO-DOORS", "/stores/STORE001/inventory")) {
            Reply bare = SERVICE.get(path);
            Reply behindProxy = SERVICE.get("/api/inventory" + path);
            assertThat(behindProxy.status()).isEqualTo(200);
            assertThat(behindProxy.body()).isEqualTo(bare.body());
            assertThat(behindProxy.header("etag")).isEqualTo(bare.header("etag"));
        }
        Reply unknown = SERVICE.get("/api/inventory/stores/STORE001/inventory/NOWHERE");
        assertThat(unknown.isProblem("unknown-sku")).isTrue();
        assertThat(unknown.text("instance")).isEqualTo("/api/inventory/stores/STORE001/inventory/NOWHERE");
    }

    @Test
    void sendsNothingWhenTheClientsCopyIsCurrent() {
        SERVICE.adjust(STORE, "CACHED", 1);
        SERVICE.adjust(STORE, "CACHED", 1);

        for (String tag : List.of("\"2\"", "W/\"2\"", "\"1\", \"2\"")) {
            Reply current = SERVICE.read(STORE, "CACHED", "If-None-Match", tag);
            assertThat(current.status()).as(tag).isEqualTo(304);
            assertThat(current.body()).isEmpty();
            assertThat(current.header("etag")).startsWith("\"2.");
            assertThat(current.header("x-request-id")).isNotEmpty();
        }
        Reply old = SERVICE.read(STORE, "CACHED", "If-None-Match", "\"1\"");
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.number("version")).isEqualTo(2);
        assertThat(SERVICE.read(STORE, "NOWHERE", "If-None-Match", "\"1\"").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "85123A",
                "85123a",
                "BANK CHARGES",
                "A",
                "a.b_c-d:e",
                "1..2",
                "x:",
                "A  B",
                "Z.",
                "64-characters-" + "long-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void keepsTheNamesOfRealCatalogues(String sku) {
        Reply created = SERVICE.adjust("names", sku, 3);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("sku")).isEqualTo(sku);
        assertThat(SERVICE.get(String.valueOf(created.header("location"))).text("sku"))
                .isEqualTo(sku);
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        SERVICE.adjust(STORE, "HEADED", 1);

        Reply head = SERVICE.send("HEAD", RunningService.path(STORE, "HEADED"), null);

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("etag")).startsWith("\"1.");
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10, 11, 1000})
    void leadsThroughAllRecordsPageByPage(int limit) {
        List<String> all =
                new ArrayList<>(IntStream.range(0, 8).mapToObj(i -> "P-" + i).toList());
        all.addAll(List.of("P 0", "p-0", "P-00", "P+0", "Ä", "日", "ﬀ", "👕", "P&limit=1"));
        all.forEach(sku -> SERVICE.adjust("PAGED", sku, 1));
        all.sort(StockKey.SKU_ORDER);

        List<String> seen = new ArrayList<>();
        String next = null;
        do {
            JsonNode page = page(limit, next);
            assertThat(page.get("storeId").asString()).isEqualTo("PAGED");
            assertThat(page.get("records").size()).isLessThanOrEqualTo(limit);
            page.get("records").forEach(record -> seen.add(record.get("sku").asString()));
            next = page.has("next") ? page.get("next").asString() : null;
        } while (next != null);

        assertThat(seen).containsExactlyElementsOf(all);
    }

    @Test
    void showsAHundredRecordsUnlessAskedForMore() {
        for (int i = 0; i < 101; i++) {
            SERVICE.adjust("BIG", "SKU-" + (1000 + i), 1);
        }

        JsonNode first = SERVICE.get("/stores/BIG/inventory").json();
        assertThat(first.get("records").size()).isEqualTo(100);
        assertThat(first.get("next").asString()).isEqualTo("SKU-1099");
        assertThat(SERVICE.get("/stores/BIG/inventory?after=SKU-1099")
                        .json()
                        .get("records")
                        .size())
                .isEqualTo(1);
        JsonNode all = SERVICE.get("/stores/BIG/inventory?limit=101").json();
        assertThat(all.get("records").size()).isEqualTo(101);
    }

    @Test
    void beginsBehindASkuThatNeedNotExist() {
        SERVICE.adjust("HOLES", "A", 1);
        SERVICE.adjust("HOLES", "C", 1);

        Reply behindB = SERVICE.get("/stores/HOLES/inventory?after=B");
        Reply behindAll = SERVICE.get("/stores/HOLES/inventory?after=C");

        assertThat(behindB.json()
                        .get("records")
                        .valueStream()
                        .map(r -> r.get("sku").asString()))
                .containsExactly("C");
        assertThat(behindAll.status()).isEqualTo(200);
        assertThat(behindAll.json().get("records").size()).isZero();
        assertThat(behindAll.json().has("next")).isFalse();
    }

    @Test
    void tellsAnUnknownStoreFromAnUnknownSku() {
        Reply store = SERVICE.get("/stores/NO-STORE/inventory");
        assertThat(store.status()).isEqualTo(404);
        assertThat(store.isProblem("unknown-store")).isTrue();
        assertThat(SERVICE.get("/stores/NO-STORE/inventory?after=A").isProblem("unknown-store"))
                .isTrue();
        assertThat(SERVICE.read("NO-STORE", "A").isProblem("unknown-sku")).isTrue();
        SERVICE.reserve("NO-STORE", "A", 1);
        assertThat(SERVICE.get("/stores/NO-STORE/inventory").isProblem("unknown-store"))
                .isTrue();
    }

    private static JsonNode page(int limit, @Nullable String after) {
        Reply reply = SERVICE.get(
                "/stores/PAGED/inventory?limit=" + limit + (after == null ? "" : "&after=" + Encoded.text(after)));
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }
}
