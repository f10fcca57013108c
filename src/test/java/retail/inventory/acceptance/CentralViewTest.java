package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What somebody at headquarters sees of all stores at once. */
@Timeout(60)
class CentralViewTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final int CLIENTS = 16;
    private static final int CHANGES_PER_CLIENT = 200;

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @Test
    void showsAChangeToWhoeverAsksWithItsSequence() {
        for (int i = 1; i <= 50; i++) {
            String store = "NORTH-" + i % 3;
            Reply changed = SERVICE.adjust(store, "SHOWN", i);

            Reply shown = SERVICE.get(after(changed, "/central/skus/SHOWN"));

            assertThat(shown.status()).isEqualTo(200);
            assertThat(shown.number("total")).isEqualTo((long) i * (i + 1) / 2);
            assertThat(shown.json().get("asOf").get("sequence").asLong()).isGreaterThanOrEqualTo(sequence(changed));
            assertThat(inStore(shown, store)).isEqualTo(List.of(changed.number("qty"), changed.number("version")));
        }
        Reply all = SERVICE.get("/central/skus/SHOWN");
        assertThat(all.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "sku", "total", "totalHeld", "totalAvailable", "stores", "asOf", "lagMs", "stale");
        assertThat(all.json()
                        .get("stores")
                        .valueStream()
                        .map(s -> s.get("storeId").asString()))
                .containsExactly("NORTH-0", "NORTH-1", "NORTH-2");
        assertThat(SERVICE.get("/api/central/skus/SHOWN").json().get("stores"))
                .isEqualTo(all.json().get("stores"));
    }

    @Test
    void keepsASoldOutSkuVisible() {
        SERVICE.adjust("EMPTY", "SOLD-OUT", 3);
        Reply sold = SERVICE.reserve("EMPTY", "SOLD-OUT", 3);

        Reply shown = SERVICE.get(after(sold, "/central/skus/SOLD-OUT"));

        assertThat(shown.number("total")).isZero();
        assertThat(inStore(shown, "EMPTY")).isEqualTo(List.of(0L, 2L));
        assertThat(SERVICE.get("/central/stores/EMPTY").json().get("records").size())
                .isEqualTo(1);
        assertThat(SERVICE.get("/central/skus/sold-out").isProblem("unknown-sku"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 100})
    void leadsThroughAStorePageByPage(int limit) {
        List<String> all =
                new ArrayList<>(IntStream.range(0, 6).mapToObj(i -> "P-" + i).toList());
        all.addAll(List.of("P 0", "p-0"));
        all.forEach(sku -> SERVICE.adjust("PAGED", sku, 1));
        Reply last = SERVICE.adjust("PAGED", "P-0", 1);
        all.sort(null);

        List<String> seen = new ArrayList<>();
        String next = null;
        do {
            JsonNode page = SERVICE.get(after(last, "/central/stores/PAGED") + "&limit=" + limit + behind(next))
                    .json();
            assertThat(page.get("records").size()).isLessThanOrEqualTo(limit);
            page.get("records").forEach(record -> seen.add(record.get("sku").asString()));
            next = page.has("next") ? page.get("next").asString() : null;
        } while (next != null);

        assertThat(seen).containsExactlyElementsOf(all);
        assertThat(SERVICE.get("/central/stores/NOWHERE").isProblem("unknown-store"))
                .isTrue();
    }

    @Test
    void agreesWithTheStoresAfterManyChangesAtOnceAndAfterEveryKindOfRestart() throws Exception {
        AtOnce.clients(CLIENTS, client -> manyChanges(new Random(client)));
        Reply last = SERVICE.adjust("LOAD-0", "SKU-0", 1);

        String before = agreed(last);

        SERVICE.restart();
        assertThat(agreed(last)).isEqualTo(before);
        assertThat(SERVICE.file("central")).isNotEmptyDirectory();
        SERVICE.restartWithout("central");
        assertThat(agreed(last)).isEqualTo(before);
        SERVICE.restart("--inventory.rebuild-central");
        assertThat(agreed(last)).isEqualTo(before);
        assertThat(agreed(SERVICE.adjust("LOAD-0", "SKU-0", 1))).isNotEqualTo(before);
        assertThat(SERVICE.get("/dead-letters").number("total")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/central/skus/TAGGED", "/central/stores/TAGS", "/central/inventory"})
    void sendsNothingWhenTheClientsCopyIsCurrent(String path) {
        Reply changed = SERVICE.adjust("TAGS", "TAGGED", 1);
        Reply first = SERVICE.get(after(changed, path));
        String tag = String.valueOf(first.header("etag"));

        for (String current : List.of(tag, tag.substring(2), "W/\"0\", " + tag)) {
            Reply reply = SERVICE.get(path, "If-None-Match", current);
            assertThat(reply.status()).as(current).isEqualTo(304);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.header("etag")).isEqualTo(tag);
        }
        Reply more = SERVICE.adjust("TAGS", "TAGGED", 1);
        Reply second = SERVICE.get(after(more, path), "If-None-Match", tag);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header("etag")).isNotEqualTo(tag);
    }

    @Test
    void saysHowOldAnAnswerIs() {
        Reply changed = SERVICE.adjust("CLOCKS", "AGED", 1);

        for (String path : List.of("/central/skus/AGED", "/central/stores/CLOCKS", "/central/inventory")) {
            JsonNode answer = SERVICE.get(after(changed, path)).json();
            assertThat(answer.get("asOf").get("sequence").asLong()).isEqualTo(sequence(changed));
            assertThat(answer.get("asOf").get("at").asString()).matches(TIME);
            assertThat(answer.get("asOf").get("at").asString()).isGreaterThanOrEqualTo(changed.text("updatedAt"));
            assertThat(answer.get("lagMs").asLong(-1)).isZero();
            assertThat(answer.get("stale").asBoolean(true)).isFalse();
        }
        assertThat(SERVICE.post("/sync", "").number("sequence")).isEqualTo(sequence(changed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "skus/A?minSequence=",
                "skus/A?minSequence=-1",
                "skus/A?minSequence=1.5",
                "skus/A?minSequence=01",
                "skus/A?minSequence=9999999999999999999",
                "skus/A?minSequence=1&minSequence=1",
                "skus/a%09",
                "inventory?minSequence=x",
                "stores/_1",
                "stores/A?limit=0",
                "stores/A?limit=1001",
                "stores/A?after=a%09",
                "stores/A?minSequence=x"
            })
    void refusesBadParameters(String path) {
        Reply reply = SERVICE.get("/central/" + path);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.isProblem("invalid-request")).isTrue();
        assertThat(reply.text("field")).isNotBlank();
    }

    @Test
    void hasNoDeadLettersWhenAllIsWell() {
        for (String prefix : List.of("", "/api")) {
            assertThat(SERVICE.get(prefix + "/dead-letters").body()).isEqualTo("{\"letters\":[],\"total\":0}");
            Reply unknown = SERVICE.post(prefix + "/dead-letters/1/replay", "");
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.isProblem("unknown-dead-letter")).isTrue();
        }
    }

    /** Everything there is, in the view, after it was compared with what the stores themselves say. */
    private static String agreed(Reply last) {
        JsonNode inventory =
                SERVICE.get(after(last, "/central/inventory")).json().get("inventory");
        TreeMap<String, String> central = new TreeMap<>();
        TreeMap<String, String> stores = new TreeMap<>();
        inventory.forEachEntry((store, skus) -> {
            skus.forEachEntry((sku, entry) -> {
                assertThat(entry.propertyNames())
                        .containsExactlyInAnyOrder("qty", "held", "available", "version", "updatedAt");
                central.put(store + "/" + sku, numbers(entry));
            });
            SERVICE.get("/stores/" + store + "/inventory?limit=1000")
                    .json()
                    .get("records")
                    .forEach(
                            record -> stores.put(store + "/" + record.get("sku").asString(), numbers(record)));
        });
        assertThat(central).isNotEmpty().isEqualTo(stores);
        assertThat(SERVICE.get("/health/readiness").number("skus")).isEqualTo(central.size());
        return central.toString();
    }

    private static String numbers(JsonNode entry) {
        return entry.get("qty") + " v" + entry.get("version") + " " + entry.get("updatedAt");
    }

    private static Reply manyChanges(Random random) {
        Reply reply = SERVICE.adjust("LOAD-0", "SKU-0", 1);
        for (int i = 0; i < CHANGES_PER_CLIENT; i++) {
            String store = "LOAD-" + random.nextInt(5);
            String sku = "SKU-" + random.nextInt(40);
            reply = random.nextBoolean()
                    ? SERVICE.adjust(store, sku, 1 + random.nextInt(9))
                    : SERVICE.reserve(store, sku, 1 + random.nextInt(9));
            assertThat(reply.status()).isIn(200, 201, 404, 409);
        }
        return reply;
    }

    private static String after(Reply change, String path) {
        return path + "?minSequence=" + sequence(change);
    }

    private static String behind(@Nullable String sku) {
        return sku == null ? "" : "&after=" + Encoded.text(sku);
    }

    private static long sequence(Reply change) {
        return change.number("sequence");
    }

    private static List<Long> inStore(Reply shown, String store) {
        return shown.json()
                .get("stores")
                .valueStream()
                .filter(s -> s.get("storeId").asString().equals(store))
                .findFirst()
                .map(s -> List.of(s.get("qty").asLong(), s.get("version").asLong()))
                .orElse(List.of());
    }
}
