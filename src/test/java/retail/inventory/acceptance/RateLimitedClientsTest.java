package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each client may send one request a second, five at once; this machine is a proxy that is believed. */
class RateLimitedClientsTest {

    private static final int BURST = 5;
    private static final int ADDRESSES = 60;
    private static final String FROM = "X-Forwarded-For";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=1",
            "--inventory.admission.rate-limit-burst=" + BURST,
            "--inventory.web.trusted-proxies=127.0.0.0/8,10.1.0.0/16");

    /** What is only so before a second has passed: on a machine that takes longer, tried again from another address. */
    private static void withinASecond(Consumer<String> attempt) {
        for (int address = 1; ; address++) {
            long start = System.nanoTime();
            try {
                attempt.accept("203.0.113." + address);
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1) || address == ADDRESSES) {
                    throw e;
                }
            }
        }
    }

    @Test
    void tellsEachClientWhatIsLeftAndWhenToComeBack() {
        withinASecond(RateLimitedClientsTest::requireWhatIsLeft);
    }

    private static void requireWhatIsLeft(String client) {
        long before = SERVICE.get("/metrics").number("rateLimited");
        for (int left = BURST - 1; left >= 0; left--) {
            Reply reply = SERVICE.read("S1", "NOWHERE", FROM, client);
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.header("ratelimit-policy")).isEqualTo("\"client\";q=5;w=5");
            assertThat(reply.header("ratelimit")).startsWith("\"client\";r=" + left + ";t=");
        }

        Reply refused = SERVICE.adjust("S1", "A", 1, FROM, client);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.isProblem("rate-limited")).isTrue();
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(refused.header("ratelimit")).isEqualTo("\"client\";r=0;t=5");
        assertThat(refused.text("instance")).isEqualTo("/stores/S1/inventory/A/adjust");
        assertThat(refused.text("detail")).contains("Nothing was changed");
        assertThat(SERVICE.get("/metrics").number("rateLimited")).isEqualTo(before + 1);

        assertThat(SERVICE.read("S1", "A", FROM, "192.0.2.2").status())
                .as("another client notices nothing, and nothing was changed")
                .isEqualTo(404);
        await().until(() -> SERVICE.read("S1", "NOWHERE", FROM, client).status() == 404);
    }

    @Test
    void aKeyThatIsMadeUpForEachRequestIsNoWayAroundTheLimit() {
        assertThat(admitted(i -> new String[] {FROM, "192.0.2.10", "X-Api-Key", "made-up-" + i}))
                .isGreaterThanOrEqualTo(BURST);
    }

    @Test
    void aStrangerWhoSendsAClientsKeyTakesNothingFromIt() {
        admitted(i -> new String[] {FROM, "192.0.2.20", "X-Api-Key", "till-7"});
        assertThat(SERVICE.read("S1", "NOWHERE", FROM, "192.0.2.21", "X-Api-Key", "till-7")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatAClientWroteIntoTheHeaderBeforeTheProxiesDidDoesNotCount() {
        assertThat(admitted(i -> new String[] {FROM, "198.51.100." + i + ", 192.0.2.30, 10.1.2.3"}))
                .isGreaterThanOrEqualTo(BURST);
    }

    @Test
    void aHeaderWithoutAnAddressIsNoNewClientEachTime() {
        assertThat(admitted(i -> new String[] {FROM, "192.0.2." + i + ", somebody" + i}))
                .isNotNegative();
    }

    @Test
    void addressesOfOneNetworkAreOneClient() {
        assertThat(admitted(i -> new String[] {FROM, "2001:db8:0:1::" + Integer.toHexString(i + 1)}))
                .isGreaterThanOrEqualTo(BURST);
        assertThat(SERVICE.read("S1", "NOWHERE", FROM, "2001:db8:0:2::1").status())
                .isEqualTo(404);
    }

    @Test
    void otherHeadersThatProxiesSendNameNobody() {
        withinASecond(client -> {
            admitted(i -> new String[] {FROM, client, "Forwarded", "for=198.51.100." + i, "X-Real-IP", "1.1.1." + i});
            assertThat(SERVICE.read("S1", "NOWHERE", FROM, client, "Forwarded", "for=203.0.113.9")
                            .status())
                    .isEqualTo(429);
        });
    }

    /** How many of three bursts come in. */
    private static int admitted(IntFunction<String[]> headers) {
        long start = System.nanoTime();
        int admitted = 0;
        for (int i = 0; i < 3 * BURST; i++) {
            admitted += SERVICE.read("S1", "NOWHERE", headers.apply(i)).status() == 404 ? 1 : 0;
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertThat((long) admitted).as("a burst, and one more a second").isLessThanOrEqualTo(BURST + seconds + 1);
        return admitted;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health/liveness", "/api/health/readiness", "/actuator/health", "/actuator/health/liveness"})
    void neverLimitsWhatLoadBalancersAsk(String path) {
        for (int i = 0; i < 4 * BURST; i++) {
            Reply reply = SERVICE.get(path, FROM, "192.0.2.3");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("ratelimit")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/api/metrics", "/actuator/prometheus", "/actuator/info", "/actuator/leases"})
    void limitsWhoAsksForMetricsAgainAndAgainButNotForWhatTheClientElseSends(String path) {
        String client = "198.51.100." + Math.abs(path.hashCode() % 250);
        SERVICE.read("S1", "NOWHERE", FROM, client);
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 2 * BURST; i++) {
            statuses.add(SERVICE.get(path, FROM, client).status());
        }
        assertThat(statuses.subList(0, BURST)).doesNotContain(429);
        assertThat(statuses).contains(429);
        assertThat(SERVICE.read("S1", "NOWHERE", FROM, client).status()).isEqualTo(404);
    }

    @Test
    void isNotFooledByThePath() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 2 * BURST; i++) {
            statuses.add(SERVICE.raw("GET /health/../stores/S1/inventory/NOWHERE HTTP/1.1\nHost: x\n" + FROM
                            + ": 192.0.2.50\nConnection: close\n\n")
                    .status());
        }
        assertThat(statuses).contains(429);
    }
}
