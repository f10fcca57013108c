package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, request by request and identity by identity. */
class AccessMatrixTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService("--inventory.admission.rate-limit-rps=0");

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    @BeforeAll
    static void keys() {
        assertThat(SERVICE.adjust("S1", "K", 10).status())
                .as("before there is a key")
                .isEqualTo(201);
        assertThat(SERVICE.adjust("S2", "K", 10).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("S2", "Q", 10).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("DE-1", "K", 10).status()).isEqualTo(201);
        create("till", "--role till --store S1");
        create("counter", "--role counter --store S1");
        create("german", "--can read,adjust,open,central --store DE-*");
        create("shop", "--role shop");
        create("market", "--can reserve --store *");
        create("feed", "--can feed --store S1");
        create("follower", "--role integration --store *");
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

    private static Reply send(String request, String who) {
        String[] words = request.split(" ", 3);
        String[] headers = switch (who) {
            case "nobody" -> new String[0];
            case "stranger" -> new String[] {"X-Api-Key", "invk_000000000000_" + "0".repeat(49)};
            default -> as(who);
        };
        return words[0].equals("GET")
                ? SERVICE.get(words[1], headers)
                : SERVICE.post(words[1], words.length > 2 ? words[2] : "", headers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                // request | nobody till counter german shop market feed ops admin follower
                "GET /stores/S1/inventory/K | 401 200 200 403 200 403 403 403 200 403",
                "GET /stores/S1/inventory | 401 200 200 403 200 403 403 403 200 403",
                "GET /api/inventory/stores/S1/inventory/K/holds | 401 200 200 403 200 403 403 403 200 403",
                "GET /stores/S2/inventory/K | 401 403 403 403 200 403 403 403 200 403",
                "GET /stores/S9/inventory/K | 401 403 403 403 404 403 403 403 404 403",
                "GET /stores/S%31/inventory/K | 401 400 400 400 400 403 403 403 400 403",
                "GET /%73tores/S2/inventory/K | 401 403 403 403 200 403 403 403 200 403",
                "POST /stores/S1/inventory/K/adjust {\"delta\":1} | 401 200 403 403 403 403 403 403 200 403",
                "POST /stores/S1/inventory/K/%61djust {\"delta\":1} | 401 200 403 403 403 403 403 403 200 403",
                "POST /stores/S2/inventory/K/adjust {\"delta\":1} | 401 403 403 403 403 403 403 403 200 403",
                "POST /stores/S1/inventory/K/reserve {\"qty\":1} | 401 200 403 403 200 200 403 403 200 403",
                "POST /stores/S1/inventory/adjust?sku=K {\"delta\":1} | 401 200 403 403 403 403 403 403 200 403",
                "POST /stores/S1/inventory/K/reserve {\"qty\":99999} | 401 409 403 403 409 409 403 403 409 403",
                "POST /stores/DE-1/inventory/K/adjust {\"delta\":0} | 401 403 403 400 403 403 403 403 400 403",
                "GET /stores/DE-1/inventory/K | 401 403 403 200 200 403 403 403 200 403",
                "GET /central/stores/S2 | 401 403 403 403 200 403 403 403 200 200",
                "GET /central/stores/S9 | 401 403 403 403 404 403 403 403 404 404",
                "GET /actuator/leases | 401 403 403 403 403 403 403 200 200 403",
                "GET /central/skus/K | 401 403 403 200 200 403 403 403 200 200",
                "GET /central/skus/Q | 401 403 403 404 200 403 403 403 200 200",
                "GET /central/stores/DE-1 | 401 403 403 200 200 403 403 403 200 200",
                "GET /central/stores/S%31 | 401 403 403 400 400 403 403 403 400 400",
                "GET /api/central/inventory | 401 403 403 200 200 403 403 403 200 200",
                "GET /events | 401 403 403 403 403 403 200 403 200 200",
                "POST /sync | 401 403 403 403 403 403 403 200 200 403",
                "GET /dead-letters | 401 403 403 403 403 403 403 200 200 403",
                "GET /audit | 401 403 403 403 403 403 403 200 200 403",
                "GET /metrics | 401 403 403 403 403 403 403 200 200 403",
                "GET /actuator/prometheus | 401 403 403 403 403 403 403 200 200 403",
                "GET /actuator/loggers | 401 403 403 403 403 403 403 200 200 403",
                "GET /health/liveness | 200 200 200 200 200 200 200 200 200 200",
                "GET /health/readiness | 200 200 200 200 200 200 200 200 200 200",
                "GET /actuator/health | 200 200 200 200 200 200 200 200 200 200",
                "GET /openapi.yaml | 401 200 200 200 200 200 200 200 200 200",
                "GET /nothing | 401 404 404 404 404 404 404 404 404 404",
                "POST /stores/S1/inventory/K {} | 401 405 405 405 405 405 405 405 405 405",
            })
    void isAsTheTableSays(String request, String statuses) {
        requireStatuses(request, statuses);
        String prefix = request.matches("\\w+ /(%73tores|stores|holds).*") ? "/api/inventory/" : "/api/";
        if (!request.matches("\\w+ /(api|actuator|openapi).*")) {
            requireStatuses(request.replaceFirst("/", prefix), statuses);
        }
    }

    private static void requireStatuses(String request, String statuses) {
        List<String> who =
                List.of("nobody", "till", "counter", "german", "shop", "market", "feed", "ops", "admin", "follower");
        String[] expected = statuses.split(" ", -1);
        for (int i = 0; i < expected.length; i++) {
            Reply reply = send(request, who.get(i));
            assertThat(reply.status())
                    .as(who.get(i) + ": " + request + ": " + reply)
                    .isEqualTo(Integer.parseInt(expected[i]));
        }
        assertThat(send(request, "stranger").status())
                .as("stranger: " + request)
                .isEqualTo(send(request, "nobody").status());
    }
}
