package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each client may send one request a second, five at once. */
class RateLimitedClientsTest {

    private static final int BURST = 5;
    private static final String KEY = "X-Api-Key";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=1", "--inventory.admission.rate-limit-burst=" + BURST);

    @Test
    void tellsEachClientWhatIsLeftAndWhenToComeBack() {
        long before = SERVICE.get("/metrics").number("rateLimited");
        for (int left = BURST - 1; left >= 0; left--) {
            Reply reply = SERVICE.read("S1", "NOWHERE", KEY, "greedy");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.header("ratelimit-policy")).isEqualTo("\"client\";q=5;w=5");
            assertThat(reply.header("ratelimit")).startsWith("\"client\";r=" + left + ";t=");
        }

        Reply refused = SERVICE.adjust("S1", "A", 1, KEY, "greedy");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.isProblem("rate-limited")).isTrue();
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(refused.header("ratelimit")).isEqualTo("\"client\";r=0;t=5");
        assertThat(refused.text("instance")).isEqualTo("/stores/S1/inventory/A/adjust");
        assertThat(refused.text("detail")).contains("Nothing was changed");
        assertThat(SERVICE.get("/metrics").number("rateLimited")).isEqualTo(before + 1);

        assertThat(SERVICE.read("S1", "A", KEY, "modest").status())
                .as("another client notices nothing, and nothing was changed")
                .isEqualTo(404);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> SERVICE.read("S1", "NOWHERE", KEY, "greedy").status() == 404);
    }

    @Test
    void knowsAClientWithoutASaneKeyByItsAddress() {
        int admitted = 0;
        for (String key : List.of("two words", "", "x".repeat(129), "a\tb")) {
            admitted += SERVICE.read("S1", "NOWHERE", KEY, key).status() == 404 ? 1 : 0;
            admitted += SERVICE.read("S1", "NOWHERE").status() == 404 ? 1 : 0;
        }
        assertThat(admitted).isBetween(BURST, BURST + 2); // one more a second while the test runs
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/liveness", "/api/health/readiness", "/metrics", "/actuator/health"})
    void neverLimitsWhatOperatorsAndLoadBalancersAsk(String path) {
        for (int i = 0; i < 4 * BURST; i++) {
            Reply reply = SERVICE.get(path, KEY, "operator");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("ratelimit")).isNull();
        }
    }

    @Test
    void isNotFooledByThePath() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 2 * BURST; i++) {
            statuses.add(SERVICE.raw("GET /health/../stores/S1/inventory/NOWHERE HTTP/1.1\nHost: x\n" + KEY
                            + ": sly\nConnection: close\n\n")
                    .status());
        }
        assertThat(statuses).contains(429);
    }
}
