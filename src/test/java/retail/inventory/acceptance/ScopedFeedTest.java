package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Pages of the feed for somebody for whom there are some stores only. */
@Timeout(60)
class ScopedFeedTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService("--inventory.admission.rate-limit-rps=0");

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    @BeforeAll
    static void stock() {
        for (String store : List.of("S1", "S2", "DE-1", "DE-2")) {
            SERVICE.adjust(store, "K", 1000);
        }
        KEYS.create("first", "--can feed --store S1");
        KEYS.create("german", "--can feed --store DE-*");
        KEYS.create("follower", "--role integration --store *");
        KEYS.create("audited", "--can feed,audit --store *");
        KEYS.create("admin", "--role admin");
        KEYS.awaitUse("admin");
    }

    private static JsonNode page(String query, String who) {
        Reply reply = SERVICE.get("/events?" + query, KEYS.as(who));
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    private static long durable() {
        return page("limit=1", "admin").get("durableSequence").asLong();
    }

    private static Reply place(String holdId, String... stores) {
        String[] lines =
                Stream.of(stores).map(store -> Baskets.line(store, "K", 1)).toArray(String[]::new);
        String body = "{" + Baskets.lines(lines) + ",\"reference\":\"order-7\"}";
        Reply placed = new Baskets(SERVICE).place(holdId, body, KEYS.as("admin"));
        assertThat(placed.status()).as(placed.toString()).isEqualTo(201);
        return placed;
    }

    @Test
    void aBasketOverSeveralStoresIsCutToThoseThatAreGranted() {
        long before = durable();
        place("cut", "S1", "S2", "DE-1", "DE-2");
        SERVICE.post("/holds/cut/release", "{}", KEYS.as("admin"));
        JsonNode all = page("after=" + before, "admin").get("events");
        for (String who : List.of("first", "german")) {
            JsonNode cut = page("after=" + before, who).get("events");
            assertThat(cut.size()).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                List<String> stores = cut.get(i)
                        .get("movements")
                        .valueStream()
                        .map(movement -> movement.get("storeId").asString())
                        .toList();
                assertThat(stores).isEqualTo(who.equals("first") ? List.of("S1") : List.of("DE-1", "DE-2"));
                assertThat(cut.get(i).propertyNames()).doesNotContain("by");
                for (String member : List.of("sequence", "eventId", "ts", "type", "holdId", "holdVersion", "state")) {
                    assertThat(cut.get(i).get(member))
                            .as(member)
                            .isEqualTo(all.get(i).get(member));
                }
            }
            assertThat(cut.get(0).get("reference").asString()).isEqualTo("order-7");
        }
        assertThat(SERVICE.get("/api/events?after=" + before, KEYS.as("first")).body())
                .doesNotContain("S2", "DE-");
    }

    /** Versions count each change of a SKU, so they tell it. */
    @Test
    void nothingOfTheGrantedStoresIsMissing() {
        Random random = new Random(7);
        List<String> stores = List.of("S1", "S2", "DE-1", "DE-2");
        for (int i = 0; i < 150; i++) {
            String sku = "V" + random.nextInt(3);
            assertThat(SERVICE.adjust(stores.get(random.nextInt(4)), sku, 1, KEYS.as("admin"))
                            .status())
                    .isIn(200, 201);
            if (i % 20 == 0) {
                place("v-" + i, "S1", stores.get(1 + random.nextInt(3)));
            }
        }
        long end = durable();
        for (String who : List.of("first", "german", "follower")) {
            Map<String, Long> versions = new HashMap<>();
            long after = 0;
            while (after < end) {
                JsonNode page = page("limit=7&after=" + after, who);
                long last = after;
                for (JsonNode event : page.get("events")) {
                    assertThat(event.get("sequence").asLong()).isGreaterThan(last);
                    last = event.get("sequence").asLong();
                    for (JsonNode movement : event.get("movements")) {
                        String sku = movement.get("storeId") + "/" + movement.get("sku");
                        assertThat(movement.get("version").asLong())
                                .as(sku)
                                .isEqualTo(versions.merge(sku, 1L, Long::sum));
                    }
                }
                assertThat(page.get("next").asLong())
                        .isGreaterThanOrEqualTo(last)
                        .isGreaterThan(after);
                assertThat(page.get("position").asString()).startsWith(page.get("next") + ".");
                after = page.get("next").asLong();
            }
            requireLatest(versions);
        }
    }

    private static void requireLatest(Map<String, Long> versions) {
        assertThat(versions).hasSizeGreaterThan(3);
        versions.forEach((sku, version) -> {
            String[] names = sku.replace("\"", "").split("/", 2);
            assertThat(SERVICE.read(names[0], names[1], KEYS.as("admin")).number("version"))
                    .as(sku)
                    .isEqualTo(version);
        });
    }

    @Test
    void whoMadeAChangeIsForThoseWhoMayAudit() {
        SERVICE.adjust("S1", "K", 1, KEYS.as("admin"));
        String all = SERVICE.get("/events?limit=1000", KEYS.as("admin")).body();
        assertThat(all).contains("\"by\":\"local\"", "\"by\":\"");
        assertThat(SERVICE.get("/events?limit=1000", KEYS.as("audited")).body()).isEqualTo(all);
        assertThat(SERVICE.get("/events?limit=1000", KEYS.as("follower")).body())
                .isEqualTo(all.replaceAll("\"by\":\"[^\"]*\",?", "").replace(",}", "}"));
    }

    @Test
    void aPageOfNothingLeadsOn() {
        long before = durable();
        LongStream.range(0, 20).forEach(i -> SERVICE.adjust("S2", "K", 1, KEYS.as("admin")));
        long end = durable();
        JsonNode nothing = page("limit=5&after=" + before, "first");
        assertThat(nothing.get("events").size()).isZero();
        assertThat(nothing.get("next").asLong()).isEqualTo(end);
        JsonNode still = page("after=" + end, "first");
        assertThat(still.get("next").asLong()).isEqualTo(end);
        SERVICE.adjust("S1", "K", 1, KEYS.as("admin"));
        SERVICE.adjust("S1", "K", 1, KEYS.as("admin"));
        List<Long> sequences = new ArrayList<>();
        JsonNode first = page("limit=1&after=" + end, "first");
        first.get("events").forEach(event -> sequences.add(event.get("sequence").asLong()));
        assertThat(sequences).containsExactly(end + 1);
        assertThat(first.get("next").asLong()).isEqualTo(end + 1);
    }
}
