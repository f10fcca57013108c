package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.service.HoldSweeper;
import tools.jackson.databind.JsonNode;

/** What the central view shows to somebody for whom there are some stores only: those, as if there were no others. */
@Timeout(60)
class ScopedCentralTest {

    private static final HeldClock CLOCK = new HeldClock();

    @RegisterExtension
    static final RunningService SERVICE =
            new RunningService(new HeldClock.Installer(CLOCK), "--inventory.admission.rate-limit-rps=0");

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    @BeforeAll
    static void stock() {
        SERVICE.bean(HoldSweeper.class).close();
        for (String sku : List.of("K", "SUM")) {
            SERVICE.adjust("S1", sku, 10);
            SERVICE.adjust("S2", sku, 20);
            SERVICE.adjust("DE-1", sku, 5);
            SERVICE.adjust("DE-2", sku, 7);
        }
        SERVICE.adjust("S2", "Q", 3);
        KEYS.create("german", "--can central,read,adjust,reserve --store DE-*");
        KEYS.create("first", "--can central --store DE-1");
        KEYS.create("other", "--can central --store S1");
        KEYS.create("moving", "--can central --store DE-1");
        KEYS.create("shop", "--role shop");
        KEYS.create("admin", "--role admin");
        KEYS.awaitUse("admin");
        hold("S2", "SUM", 86_400, "admin");
        hold("DE-2", "SUM", 86_400, "admin");
    }

    private static Reply get(String path, String who, String... headers) {
        return SERVICE.get(path, with(who, headers));
    }

    private static String[] with(String who, String... headers) {
        return Stream.of(headers, KEYS.as(who)).flatMap(Stream::of).toArray(String[]::new);
    }

    /** Reads with everything that has happened so far. */
    private static JsonNode latest(String path, String who) {
        long last = SERVICE.get("/events?limit=1", KEYS.as("admin")).number("durableSequence");
        Reply reply = get(path + (path.contains("?") ? "&" : "?") + "minSequence=" + last, who);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    private static String tag(String path, String who) {
        latest(path, who);
        return Objects.requireNonNull(get(path, who).header("etag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/central/skus/SUM",
                "/central/skus?sku=SUM",
                "/api/central/skus/SUM",
                "/api/central/skus?sku=SUM"
            })
    void aSkuIsListedAndSummedUpInTheGrantedStores(String path) {
        JsonNode german = latest(path, "german");
        assertThat(german.get("stores").valueStream().map(s -> s.get("storeId").asString()))
                .containsExactly("DE-1", "DE-2");
        assertThat(totals(german)).containsExactly(12L, 1L, 11L);
        JsonNode all = latest(path, "shop");
        assertThat(all.get("stores").size()).isEqualTo(4);
        assertThat(totals(all)).containsExactly(42L, 2L, 40L);
    }

    private static List<Long> totals(JsonNode sku) {
        return Stream.of("total", "totalHeld", "totalAvailable")
                .map(member -> sku.get(member).asLong())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/central/skus/SKU", "/api/central/skus?sku=SKU"})
    void aSkuOfOtherStoresIsNoneThereIs(String path) {
        latest("/central/skus/Q", "shop");
        String known = path.replace("SKU", "Q");
        String unknown = path.replace("SKU", "N");
        Reply others = get(known, "german", "X-Request-Id", "same", "If-None-Match", "*");
        Reply none = get(unknown, "german", "X-Request-Id", "same", "If-None-Match", "*");
        assertThat(others.isProblem("unknown-sku")).as(others.toString()).isTrue();
        assertThat(others.body()
                        .replace("SKU Q", "SKU N")
                        .replace(known, unknown)
                        .replace("skus/Q", "skus/N"))
                .isEqualTo(none.body());
        others.headers().remove("date");
        none.headers().remove("date");
        assertThat(others.headers()).isEqualTo(none.headers()).containsEntry("cache-control", List.of("no-store"));
    }

    @Test
    void aStoreOfOthersLooksLikeOneThatIsNot() {
        Reply there = get("/central/stores/S2", "german", "X-Request-Id", "same");
        Reply not = get("/central/stores/S9", "german", "X-Request-Id", "same");
        assertThat(there.isProblem("forbidden")).as(there.toString()).isTrue();
        assertThat(there.body().replace("S2", "S9")).isEqualTo(not.body());
        assertThat(there.header("www-authenticate")).contains("scope=\"central\"");
        assertThat(there.header("etag")).isNull();
        assertThat(get("/central/stores/S2?minSequence=999999", "german").body())
                .as("nothing is looked up before")
                .contains("forbidden");
        assertThat(latest("/central/stores/DE-1", "german").at("/records/0/sku").asString())
                .isEqualTo("K");
        assertThat(get("/central/stores/DE-9", "german").isProblem("unknown-store"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/central/inventory", "/api/central/inventory"})
    void everythingIsThatOfTheGrantedStores(String path) {
        assertThat(latest(path, "german").get("inventory").propertyNames()).containsExactly("DE-1", "DE-2");
        assertThat(latest(path, "first").get("inventory").propertyNames()).containsExactly("DE-1");
        assertThat(latest(path, "shop").get("inventory").propertyNames()).containsExactly("DE-1", "DE-2", "S1", "S2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/central/skus/K", "/central/inventory"})
    void aTagIsGoodForItsOwnViewAlone(String path) {
        List<String> all = List.of("first", "other", "german", "shop");
        for (String owner : all) {
            String tag = tag(path, owner);
            for (String who : all) {
                assertThat(get(path, who, "If-None-Match", tag).status())
                        .as(owner + "'s, sent by " + who)
                        .isEqualTo(who.equals(owner) ? 304 : 200);
            }
        }
        String version = tag(path, "first").replaceAll("W/\"([0-9]+).*", "$1");
        assertThat(get(path, "first", "If-None-Match", "\"" + version + "\"").status())
                .as("a guess")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/central/skus/K", "/central/stores/DE-1", "/central/inventory"})
    void aTagChangesWithWhatIsShownAndWithTheGrants(String path) {
        String before = tag(path, "german");
        SERVICE.adjust("S2", "K", 1, KEYS.as("admin"));
        assertThat(tag(path, "german")).isEqualTo(before);
        assertThat(SERVICE.send("HEAD", path, null, with("german", "If-None-Match", before))
                        .status())
                .isEqualTo(304);
        SERVICE.adjust("DE-1", "K", 1, KEYS.as("german"));
        assertThat(tag(path, "german")).isNotEqualTo(before);

        String moving = tag(path, "moving");
        KEYS.regrant("moving", "DE-1", "NOWHERE" + path.length());
        await().until(() -> get(path, "moving", "If-None-Match", moving).status() == 200);
        assertThat(version(tag(path, "moving"))).isEqualTo(version(moving));
    }

    private static String version(String tag) {
        return tag.substring(0, tag.indexOf('.'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/central/skus/K", "/central/stores/DE-1", "/central/inventory"})
    void anAnswerIsForNobodyElse(String path) {
        for (String who : List.of("german", "shop")) {
            String tag = tag(path, who);
            for (Reply reply : List.of(
                    get(path, who),
                    get(path, who, "If-None-Match", tag),
                    SERVICE.send("HEAD", path, null, KEYS.as(who)))) {
                CacheDirectivesTest.assertDirective(reply, "private, no-cache");
                assertThat(reply.header("vary")).isEqualTo("Authorization, X-Api-Key");
                assertThat(reply.header("etag")).isEqualTo(tag);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/central/skus/K", "/central/inventory"})
    void holdsThatEndElsewhereAreNothingToSee(String path) {
        hold("S2", "K", 10, "admin");
        String german = tag(path, "german");
        String shop = tag(path, "shop");
        CLOCK.passes(Duration.ofSeconds(10));
        assertThat(get(path, "german", "If-None-Match", german).status()).isEqualTo(304);
        assertThat(get(path, "shop", "If-None-Match", shop).status()).isEqualTo(200);
        assertThat(get(path, "german").body()).doesNotContain("S2");

        hold("DE-2", "K", 10, "german");
        String own = tag(path, "german");
        CLOCK.passes(Duration.ofSeconds(10));
        assertThat(get(path, "german", "If-None-Match", own).status()).isEqualTo(200);
        for (String store : List.of("S2", "DE-2")) {
            SERVICE.adjust(store, "K", 1, KEYS.as("admin")); // which drops what has ended
        }
    }

    private static void hold(String store, String sku, int seconds, String who) {
        String body = "{" + Baskets.lines(Baskets.line(store, sku, 1)) + ",\"ttlSeconds\":" + seconds + "}";
        Reply placed = SERVICE.post("/holds", body, with(who, "Idempotency-Key", store + System.nanoTime()));
        assertThat(placed.status()).as(placed.toString()).isEqualTo(201);
    }
}
