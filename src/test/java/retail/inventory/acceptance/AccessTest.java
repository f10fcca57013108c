package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.command.Commands;

/** A service that was given keys: who is let in, and where. */
class AccessTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService("--inventory.admission.rate-limit-rps=0");

    private static final Map<String, String> KEYS = new HashMap<>();

    @BeforeAll
    static void keys() {
        assertThat(SERVICE.adjust("S1", "K", 10).status())
                .as("before there is a key")
                .isEqualTo(201);
        assertThat(SERVICE.adjust("S2", "K", 10).status()).isEqualTo(201);
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

    private static String run(String arguments) {
        StringWriter out = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments.split(" ", -1)));
        all.addAll(List.of("--data-dir", SERVICE.file("").toString()));
        int exitCode = Commands.run(
                new PrintWriter(out, true), new PrintWriter(new StringWriter()), all.toArray(String[]::new));
        assertThat(exitCode).isZero();
        return out.toString().strip();
    }

    private static void create(String name, String more) {
        KEYS.put(name, run("key create --name " + name + " " + more));
    }

    private static String[] as(String name) {
        return new String[] {"Authorization", "Bearer " + Objects.requireNonNull(KEYS.get(name))};
    }

    private static Reply send(String request, String who) {
        String[] words = request.split(" ", 3);
        String[] headers = who.equals("nobody") ? new String[0] : as(who);
        return words[0].equals("GET")
                ? SERVICE.get(words[1], headers)
                : SERVICE.post(words[1], words.length > 2 ? words[2] : "", headers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // request | nobody till counter german shop market feed ops admin
                "GET /stores/S1/inventory/K | 401 200 200 403 200 403 403 403 200",
                "GET /stores/S1/inventory | 401 200 200 403 200 403 403 403 200",
                "GET /api/inventory/stores/S1/inventory/K/holds | 401 200 200 403 200 403 403 403 200",
                "GET /stores/S2/inventory/K | 401 403 403 403 200 403 403 403 200",
                "GET /stores/S9/inventory/K | 401 403 403 403 404 403 403 403 404",
                "GET /stores/S%31/inventory/K | 401 400 400 400 400 403 403 403 400",
                "GET /%73tores/S2/inventory/K | 401 403 403 403 200 403 403 403 200",
                "POST /stores/S1/inventory/K/adjust {\"delta\":1} | 401 200 403 403 403 403 403 403 200",
                "POST /stores/S1/inventory/K/%61djust {\"delta\":1} | 401 200 403 403 403 403 403 403 200",
                "POST /stores/S2/inventory/K/adjust {\"delta\":1} | 401 403 403 403 403 403 403 403 200",
                "POST /stores/S1/inventory/K/reserve {\"qty\":1} | 401 200 403 403 200 200 403 403 200",
                "POST /stores/S1/inventory/adjust?sku=K {\"delta\":1} | 401 200 403 403 403 403 403 403 200",
                "GET /central/skus/K | 401 403 403 403 200 403 200 403 200",
                "GET /api/central/inventory | 401 403 403 403 200 403 200 403 200",
                "GET /events | 401 403 403 403 403 403 200 403 200",
                "POST /sync | 401 403 403 403 403 403 403 200 200",
                "GET /dead-letters | 401 403 403 403 403 403 403 200 200",
                "GET /audit | 401 403 403 403 403 403 403 200 200",
                "GET /metrics | 401 403 403 403 403 403 403 200 200",
                "GET /actuator/prometheus | 401 403 403 403 403 403 403 200 200",
                "GET /actuator/loggers | 401 403 403 403 403 403 403 200 200",
                "GET /health/liveness | 200 200 200 200 200 200 200 200 200",
                "GET /health/readiness | 200 200 200 200 200 200 200 200 200",
                "GET /actuator/health | 200 200 200 200 200 200 200 200 200",
                "GET /openapi.yaml | 401 200 200 200 200 200 200 200 200",
                "GET /nothing | 401 404 404 404 404 404 404 404 404",
                "POST /stores/S1/inventory/K {} | 401 405 405 405 405 405 405 405 405",
            })
    void isAsTheTableSays(String request, String statuses) {
        List<String> who = List.of("nobody", "till", "counter", "german", "shop", "market", "feed", "ops", "admin");
        String[] expected = statuses.split(" ", -1);
        for (int i = 0; i < expected.length; i++) {
            Reply reply = send(request, who.get(i));
            assertThat(reply.status())
                    .as(who.get(i) + ": " + request + ": " + reply)
                    .isEqualTo(Integer.parseInt(expected[i]));
        }
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
        String till = Objects.requireNonNull(KEYS.get("till"));
        String shop = Objects.requireNonNull(KEYS.get("shop"));
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
        KEYS.put("lost", run("key rotate lost --grace 1h"));
        await().until(() -> SERVICE.read("S1", "K", as("lost")).status() == 200);
        assertThat(SERVICE.read("S1", "K", before).status()).isEqualTo(200);
        run("key revoke lost");
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
}
