package retail.inventory.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.acceptance.IssuedKeys;
import retail.inventory.acceptance.RunningService;
import retail.inventory.acceptance.TestIssuer;

/**
 * Whoever asks for whatever, in whatever encoding, is answered as a model of the grants says, and what is refused has no effect.
 * {@code -Dinventory.sweep=N} sends N requests, and {@code -Dinventory.sweep.seed=S} begins with another one.
 */
class AccessSweepTest {

    private static final Logger LOG = LoggerFactory.getLogger("sweep");
    private static final long REQUESTS = Long.getLong("inventory.sweep", 5000);
    private static final long SEED = Long.getLong("inventory.sweep.seed", 25);
    private static final int SHOWN = 20;
    private static final long PLENTY = 1_000_000;

    @RegisterExtension
    @Order(1)
    static final TestIssuer ISSUER = new TestIssuer();

    @RegisterExtension
    @Order(2)
    static final RunningService SERVICE = new RunningService(ISSUER.settings());

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);
    private static final AccessModel MODEL = new AccessModel();
    private static final Map<String, String> CREDENTIALS = new HashMap<>();
    private static final List<String> IDENTITIES = new ArrayList<>();

    @BeforeAll
    static void stockAndKeys() {
        AccessModel.OPTIONS.forEach(AccessSweepTest::create);
        KEYS.awaitUse("admin");
        for (String store : List.of("S1", "S2", "DE-1")) {
            for (String sku : List.of("A", "B", "A/B", AccessModel.HELD)) {
                assertThat(SERVICE.adjust(store, sku, PLENTY, KEYS.as("admin")).status())
                        .isEqualTo(201);
                MODEL.stocked(store, sku, PLENTY);
            }
        }
        for (String client : List.of("till", "german", "shop")) {
            String who = client + AccessModel.BY_TOKEN;
            CREDENTIALS.put(who, "Authorization: " + ISSUER.as(client)[1] + "\r\n");
            IDENTITIES.add(who);
        }
        create("revoked", "--role admin");
        KEYS.awaitUse("revoked");
        KEYS.revoke("revoked");
        create("expired", "--role admin --expires 5s");
        KEYS.awaitUse("expired");
        CREDENTIALS.put("stranger", "X-Api-Key: invk_000000000000_" + "0".repeat(49) + "\r\n");
        CREDENTIALS.put("ambiguous", CREDENTIALS.get("admin") + CREDENTIALS.get("admin"));
        IDENTITIES.addAll(List.of("nobody", "stranger", "ambiguous"));
        await().until(() -> SERVICE.get("/", KEYS.as("expired")).status() == 401
                && SERVICE.get("/", KEYS.as("revoked")).status() == 401);
    }

    private static void create(String name, String options) {
        KEYS.create(name, options);
        CREDENTIALS.put(name, "Authorization: Bearer " + KEYS.text(name) + "\r\n");
        IDENTITIES.add(name);
    }

    @Test
    void everyAnswerIsThatOfTheModel() throws IOException {
        List<String> failures = new ArrayList<>();
        Map<String, Integer> statuses = new TreeMap<>();
        IDENTITIES.sort(null); // a seed makes the same request again
        for (long seed = SEED; seed < SEED + REQUESTS && failures.size() < SHOWN; seed++) {
            AccessRequest request = AccessRequest.of(seed, IDENTITIES);
            SweepRequest sent = request.withHeaders(CREDENTIALS);
            SweepAnswer answer = SweepAnswer.to(sent, SERVICE.connect());
            statuses.merge(request.who() + " " + answer.status(), 1, Integer::sum);
            String difference = MODEL.differs(request, answer);
            if (difference != null) {
                failures.add(request.who() + ": " + difference + "\n" + answer.body() + "\n" + sent);
            }
        }
        LOG.info("{} requests: {}", REQUESTS, statuses);
        assertThat(failures).isEmpty();
        Map<String, Long> units = new HashMap<>(MODEL.units());
        units.keySet().removeIf(key -> key.endsWith("/" + AccessModel.HELD));
        units.forEach((key, qty) -> assertThat(SERVICE.read(
                                key.substring(0, key.indexOf('/')),
                                key.substring(key.indexOf('/') + 1),
                                KEYS.as("admin"))
                        .number("qty"))
                .as(key)
                .isEqualTo(qty));
    }
}
