package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that was given keys: who is let in, and where. */
class AccessTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService("--inventory.admission.rate-limit-rps=0");

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    @BeforeAll
    static void keys() {
        assertThat(SERVICE.adjust("S1", "K", 10).status())
                .as("before there is a key")
                .isEqualTo(201);
        assertThat(SERVICE.adjust("S2", "K", 10).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("DE-1", "K", 10).status()).isEqualTo(201);
        create("till", "--role till --store S1");
        create("counter", "--role counter --store S1");
        create("german", "--can read,adjust,open,central --store DE-*");
        create("shop", "--role shop");
        create("market", "--can reserve --store *");
        create("feed", "--role integration --store *");
        create("ops", "--role ops");
        create("admin", "--role admin");
        await().until(() -> SERVICE.read("S1", "K").status() == 401
                && SERVICE.read("S1", "K", as("admin")).status() == 200);
    }

    private static void create(String name, String options) {
        KEYS.create(name, options);
    }

    private static String[] as(String name) {
        return KEYS.as(name);
    }

    @Test
    void aStoreThatIsAnothersLooksLikeOneThatIsNot() {
        Reply there = SERVICE.read("S2", "K", as("till"));
        Reply not = SERVICE.read("S3", "K", as("till"));
        assertThat(there.isProblem("forbidden")).isTrue();
        assertThat(there.text("detail").replace("S2", "S3")).isEqualTo(not.text("detail"));
        assertThat(there.header("www-authenticate"))
                .isEqualTo("Bearer realm=\"inventory\", error=\"insufficient_scope\", scope=\"read\"");
        assertThat(there.header("cache-control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invk_",
                "Basic abc",
                "password",
                "invk_000000000000_0000000000000000000000000000000000000000000000000"
            })
    void whoeverIsNotKnownGetsOneAnswer(String sent) {
        Reply reply = SERVICE.read("S1", "K", "Authorization", "Bearer " + sent);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.isProblem("unauthenticated")).isTrue();
        assertThat(reply.header("www-authenticate")).isEqualTo("Bearer realm=\"inventory\", error=\"invalid_token\"");
        assertThat(SERVICE.read("S1", "K").header("www-authenticate")).isEqualTo("Bearer realm=\"inventory\"");
        assertThat(reply.text("detail")).isEqualTo(SERVICE.read("S1", "K").text("detail"));
    }

    @Test
    void aKeyMayComeInEitherHeader() {
        String till = KEYS.text("till");
        String shop = KEYS.text("shop");
        assertThat(SERVICE.read("S1", "K", "X-Api-Key", till).status()).isEqualTo(200);
        assertThat(SERVICE.read("S1", "K", "Authorization", "bearer  " + till).status())
                .isEqualTo(200);
        assertThat(SERVICE.read("S1", "K", "X-Api-Key", till, "Authorization", "Bearer " + till)
                        .status())
                .isEqualTo(200);
        assertThat(SERVICE.read("S1", "K", "X-Api-Key", till, "Authorization", "Bearer " + shop)
                        .isProblem("ambiguous-credentials"))
                .isTrue();
        assertThat(SERVICE.read("S1", "K", "X-Api-Key", till, "X-Api-Key", till).isProblem("ambiguous-credentials"))
                .isTrue();
        assertThat(SERVICE.get("/stores/S1/inventory/K?access_token=" + till).status())
                .isEqualTo(401);
    }

    @Test
    void aNewStoreNeedsItsOwnGrant() {
        create("careful", "--can read,adjust --store *");
        await().until(() -> SERVICE.read("S1", "K", as("careful")).status() == 200);
        Reply reply = SERVICE.adjust("TYPO-1", "K", 1, as("careful"));
        assertThat(reply.isProblem("forbidden")).as(reply.toString()).isTrue();
        assertThat(reply.header("www-authenticate")).contains("scope=\"open\"");
        assertThat(SERVICE.read("TYPO-1", "K", as("admin")).status()).isEqualTo(404);
        assertThat(SERVICE.adjust("S1", "NEW", 1, as("careful")).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("DE-NEW", "K", 1, as("german")).status()).isEqualTo(201);
    }

    @Test
    void idempotencyKeysAreEachIdentitysOwn() {
        for (String who : List.of("till", "admin")) {
            String[] key = {"Idempotency-Key", "order-1", "Authorization", as(who)[1]};
            assertThat(SERVICE.adjust("S1", "OWN", 5, key).header("idempotency-replayed"))
                    .as(who)
                    .isNull();
            assertThat(SERVICE.adjust("S1", "OWN", 5, key).header("idempotency-replayed"))
                    .isEqualTo("true");
        }
        assertThat(SERVICE.read("S1", "OWN", as("admin")).number("qty")).isEqualTo(10);
    }

    @Test
    void aRevokedKeyIsRefusedWithinTwoSecondsAndARotatedOneGoesOn() throws IOException {
        create("lost", "--role till --store S1");
        await().until(() -> SERVICE.read("S1", "K", as("lost")).status() == 200);
        String[] before = as("lost");
        KEYS.rotate("lost");
        await().until(() -> SERVICE.read("S1", "K", as("lost")).status() == 200);
        assertThat(SERVICE.read("S1", "K", before).status()).isEqualTo(200);
        KEYS.revoke("lost");
        await().atMost(Duration.ofSeconds(2))
                .until(() -> SERVICE.read("S1", "K", as("lost")).status() == 401);
        assertThat(SERVICE.read("S1", "K", before).status()).isEqualTo(401);
    }

    @Test
    void holdsAreForThoseWhoMayDoSoInAllTheirStores() {
        String inBoth =
                "{\"lines\":[{\"storeId\":\"S1\",\"sku\":\"K\",\"qty\":1},{\"storeId\":\"S2\",\"sku\":\"K\",\"qty\":1}],"
                        + "\"reference\":\"order-7\"}";
        Reply refused = SERVICE.post("/holds", inBoth, "Idempotency-Key", "h1", "Authorization", as("till")[1]);
        assertThat(refused.isProblem("forbidden")).as(refused.toString()).isTrue();
        Reply placed = SERVICE.post("/holds", inBoth, "Idempotency-Key", "h1", "Authorization", as("shop")[1]);
        assertThat(placed.status()).as(placed.toString()).isEqualTo(201);
        String id = placed.text("holdId");
        assertThat(SERVICE.get("/holds/" + id, as("shop")).status()).isEqualTo(200);
        assertThat(SERVICE.get("/holds/" + id, as("till")).isProblem("unknown-hold"))
                .isTrue();
        assertThat(SERVICE.post("/holds/" + id + "/release", "{}", as("till")).isProblem("unknown-hold"))
                .isTrue();
        assertThat(SERVICE.get("/holds?reference=order-7", as("till")).body()).doesNotContain(id);
        assertThat(SERVICE.get("/holds?reference=order-7", as("shop")).body()).contains(id);
        assertThat(SERVICE.post("/holds/" + id + "/release", "{}", as("shop")).status())
                .isEqualTo(200);
        Reply own = SERVICE.post(
                "/holds",
                "{\"lines\":[{\"storeId\":\"S1\",\"sku\":\"K\",\"qty\":1}]}",
                "Idempotency-Key",
                "h2",
                "Authorization",
                as("till")[1]);
        assertThat(own.status()).as(own.toString()).isEqualTo(201);
        assertThat(SERVICE.get("/holds/" + own.text("holdId"), as("till")).status())
                .isEqualTo(200);
    }

    @Test
    void aRefusalTellsNothingOfStockToWhomMayNotReadIt() {
        for (String body : List.of("{\"qty\":99999}", "{\"qty\":1,\"expectedVersion\":99999}")) {
            Reply bare = SERVICE.post("/stores/S1/inventory/K/reserve", body, as("market"));
            assertThat(bare.status()).isEqualTo(409);
            assertThat(bare.header("etag")).isNull();
            assertThat(bare.json().propertyNames())
                    .as(bare.toString())
                    .doesNotContain("available", "currentQty", "currentVersion");
            assertThat(bare.text("detail")).doesNotContainPattern("[0-9]");
            Reply told = SERVICE.post("/stores/S1/inventory/K/reserve", body, as("shop"));
            assertThat(told.header("etag")).isNotNull();
            assertThat(told.number("currentVersion")).isPositive();
        }
        String hold = "{\"lines\":[{\"storeId\":\"S1\",\"sku\":\"K\",\"qty\":99999}]}";
        Reply bare = SERVICE.post("/holds", hold, "Idempotency-Key", "big", "Authorization", as("market")[1]);
        assertThat(bare.isProblem("insufficient-stock")).as(bare.toString()).isTrue();
        assertThat(bare.json().get("shortages").get(0).propertyNames()).doesNotContain("available");
        Reply told = SERVICE.post("/holds", hold, "Idempotency-Key", "big", "Authorization", as("shop")[1]);
        assertThat(told.json().get("shortages").get(0).propertyNames()).contains("available");
    }

    @Test
    void aStrangerHearsThatItIsReadyAndNoMore() {
        assertThat(SERVICE.get("/health/readiness").body()).isEqualTo("{\"ready\":true}");
        assertThat(SERVICE.get("/api/health/readiness", as("till")).body()).isEqualTo("{\"ready\":true}");
        assertThat(SERVICE.get("/health/readiness", as("ops")).body()).contains("durableSequence", "breakers");
        assertThat(SERVICE.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void aStreamEndsWithItsKey() throws IOException {
        create("follower", "--role integration --store *");
        await().until(() -> SERVICE.get("/events", as("follower")).status() == 200);
        String[] headers = {"Connection", "close", "Authorization", as("follower")[1]};
        try (EventStream stream = EventStream.open(SERVICE, "/events", headers)) {
            KEYS.revoke("follower");
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> SERVICE.get("/events", as("follower")).status() == 401);
            SERVICE.adjust("S1", "K", 1, as("admin")); // else it would notice with its next heartbeat
            assertThat(stream.nextId()).isNull();
        }
    }

    @Test
    void aHoldsIdThatIsAnothersIsRefused() {
        String inS2 = "{\"lines\":[{\"storeId\":\"S2\",\"sku\":\"K\",\"qty\":1}]}";
        assertThat(put("/holds/of-shop", inS2, "shop").status()).isEqualTo(201);
        Reply refused = put("/holds/of-shop", inS2.replace("S2", "S1"), "till");
        assertThat(refused.isProblem("forbidden")).as(refused.toString()).isTrue();
        assertThat(SERVICE.get("/holds/of-shop", as("shop")).body())
                .contains("\"S2\"")
                .doesNotContain("\"S1\"");
    }

    private static Reply put(String path, String json, String who) {
        return SERVICE.send(
                "PUT",
                path,
                BodyPublishers.ofString(json),
                "Content-Type",
                "application/json",
                "Authorization",
                as(who)[1]);
    }
}
