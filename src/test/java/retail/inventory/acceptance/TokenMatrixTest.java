package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes with a token of an issuer may do what one with a key and the same grants may. */
class TokenMatrixTest {

    @RegisterExtension
    @Order(1)
    static final TestIssuer ISSUER = new TestIssuer();

    @RegisterExtension
    @Order(2)
    static final RunningService SERVICE = new RunningService(ISSUER.settings());

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);
    private static final Map<String, String[]> HEADERS = new TreeMap<>();

    @BeforeAll
    static void stock() {
        KEYS.create("admin", "--role admin");
        KEYS.awaitUse("admin");
        for (String store : List.of("S1", "S2", "DE-1")) {
            assertThat(SERVICE.adjust(store, "K", 10, KEYS.as("admin")).status())
                    .isEqualTo(201);
        }
        HEADERS.put("nobody", new String[0]);
        HEADERS.put("admin", KEYS.as("admin"));
        for (String client : List.of("till", "german", "shop", "storeless")) {
            HEADERS.put(client, ISSUER.as(client));
        }
    }

    private static String[] as(String who) {
        return Objects.requireNonNull(HEADERS.get(who));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // request | nobody till german shop storeless admin
                "GET /stores/S1/inventory/K | 401 200 403 200 403 200",
                "GET /stores/S1/inventory | 401 200 403 200 403 200",
                "GET /stores/S2/inventory/K | 401 403 403 200 403 200",
                "GET /stores/S9/inventory/K | 401 403 403 404 403 404",
                "GET /stores/DE-1/inventory/K | 401 403 200 200 403 200",
                "POST /stores/S1/inventory/K/adjust {\"delta\":1} | 401 200 403 403 403 200",
                "POST /stores/S2/inventory/K/adjust {\"delta\":1} | 401 403 403 403 403 200",
                "POST /stores/DE-1/inventory/K/adjust {\"delta\":1} | 401 403 200 403 403 200",
                "POST /stores/S1/inventory/K/reserve {\"qty\":1} | 401 200 403 200 403 200",
                "POST /stores/S1/inventory/K/reserve {\"qty\":99999} | 401 409 403 409 403 409",
                "GET /metrics | 401 403 403 403 403 200",
                "GET /dead-letters | 401 403 403 403 403 200",
                "GET /events | 401 403 403 403 403 200",
                "GET /central/skus/K | 401 403 200 200 403 200",
                "GET /health/readiness | 200 200 200 200 200 200",
                "GET /openapi.yaml | 401 200 200 200 200 200",
                "GET /nothing | 401 404 404 404 404 404",
                "POST /stores/S1/inventory/K {} | 401 405 405 405 405 405",
            })
    void isAsForKeys(String request, String statuses) {
        List<String> who = List.of("nobody", "till", "german", "shop", "storeless", "admin");
        String[] words = request.split(" ", 3);
        String[] expected = statuses.split(" ", -1);
        for (int i = 0; i < expected.length; i++) {
            String[] headers = as(who.get(i));
            Reply reply =
                    words[0].equals("GET") ? SERVICE.get(words[1], headers) : SERVICE.post(words[1], words[2], headers);
            assertThat(reply.status())
                    .as(who.get(i) + ": " + request + ": " + reply)
                    .isEqualTo(Integer.parseInt(expected[i]));
        }
    }

    @Test
    void aNewStoreNeedsItsOwnGrant() {
        assertThat(SERVICE.adjust("DE-NEW", "K", 1, as("german")).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("FR-NEW", "K", 1, as("german")).status()).isEqualTo(403);
    }

    @Test
    void eventsNameTheSubjectAndItsKeysAreItsOwn() {
        for (String who : List.of("till", "admin")) {
            String[] keyed = {"Idempotency-Key", "order-1", "Authorization", as(who)[1]};
            assertThat(SERVICE.adjust("S1", "OWN", 5, keyed).header("idempotency-replayed"))
                    .as(who)
                    .isNull();
        }
        String[] another = {"Idempotency-Key", "order-1", "Authorization", ISSUER.as("till")[1]};
        assertThat(SERVICE.adjust("S1", "OWN", 5, another).header("idempotency-replayed"))
                .as("another token of the same subject")
                .isEqualTo("true");
        assertThat(SERVICE.get("/events", KEYS.as("admin")).body()).contains("\"by\":\"jwt:1:till\"");
    }

    @Test
    void aTokenMayComeInEitherHeader() {
        String till = as("till")[1].substring("Bearer ".length());
        assertThat(SERVICE.read("S1", "K", "X-Api-Key", till).status()).isEqualTo(200);
        assertThat(SERVICE.read("S1", "K", "Authorization", "Bearer " + till, "X-Api-Key", KEYS.text("admin"))
                        .isProblem("ambiguous-credentials"))
                .isTrue();
        assertThat(SERVICE.get("/stores/S1/inventory/K?access_token=" + till).status())
                .isEqualTo(401);
    }
}
