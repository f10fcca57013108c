package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests take from their client's bucket what they cost; each client here has 100 at once and one more a second. */
class PricedRequestsTest {

    private static final int BURST = 100;
    private static final int STORES = 250;
    private static final String FROM = "X-Forwarded-For";

    private static int clients;

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=1",
            "--inventory.admission.rate-limit-burst=" + BURST,
            "--inventory.web.trusted-proxies=127.0.0.1");

    @BeforeAll
    static void fill() {
        String client = "";
        for (int i = 0; i < STORES; i++) {
            client = i % 50 == 0 ? newClient() : client;
            assertThat(SERVICE.adjust("S" + i, "EVERYWHERE", 1, FROM, client).status())
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, /stores/S1/inventory/EVERYWHERE",
        "2, /stores/S1/inventory",
        "1, /stores/S1/inventory?limit=99",
        "2, /stores/S1/inventory?limit=100",
        "11, /stores/S1/inventory?after=A&limit=1000",
        "11, /api/inventory/stores/S1/inventory?limit=1000",
        "11, /%73tores/S1/inventory?limit=1000",
        "11, /central/stores/S1?limit=1000",
        "11, /api/central/stores/S1?limit=1000&x=y",
        "11, /events?limit=1000",
        "2, /api/events?limit=7000000000",
        "50, /central/inventory",
        "50, /api/central/inventory",
        "1, /audit"
    })
    void aRequestTakesWhatItsAnswerCosts(int price, String path) {
        Reply reply = SERVICE.get(path, FROM, newClient());
        assertThat(reply.header("ratelimit")).startsWith("\"client\";r=" + (BURST - price) + ";t=");
    }

    @Test
    void rowsThatOnlyTheAnswerKnowsAreTakenAfterIt() {
        String client = newClient();
        assertThat(left(SERVICE.get("/central/skus/EVERYWHERE", FROM, client))).isEqualTo(BURST - 1);
        assertThat(left(SERVICE.get("/audit", FROM, client)))
                .isBetween(BURST - 2 - STORES / 100, BURST - 1 - STORES / 100);
    }

    @Test
    void tenLinesOfABasketCostAsMuchAsARequest() {
        String client = newClient();
        String[] lines = new String[100];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = Baskets.line("S" + i, "EVERYWHERE", 1);
        }
        Reply placed = new Baskets(SERVICE).place("priced", Baskets.basket(lines), FROM, client);
        assertThat(placed.status()).as(placed.body()).isEqualTo(201);
        assertThat(left(SERVICE.get("/holds/priced", FROM, client))).isBetween(BURST - 12, BURST - 11);
    }

    @Test
    void whoAsksForAllAgainAndAgainHasToWaitForIt() {
        String client = newClient();
        SERVICE.get("/central/inventory", FROM, client);
        SERVICE.get("/central/inventory", FROM, client);
        Reply third = SERVICE.get("/central/inventory", FROM, client);
        assertThat(third.isProblem("rate-limited")).isTrue();
        assertThat(Integer.parseInt(Objects.requireNonNull(third.header("retry-after"))))
                .isBetween(40, 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stores/S1/inventory/EVERYWHERE", "/health/liveness", "/audit", "/nowhere"})
    void aListOfHundredsOfMediaTypesIsNotLookedAt(String path) {
        String just = "application/json" + (",text/" + "x".repeat(18)).repeat(10);
        assertThat(SERVICE.get(path, "Accept", just, FROM, newClient()).status())
                .isNotEqualTo(406);
        Reply reply = SERVICE.get(path, "Accept", just + ",*/*", FROM, newClient());
        assertThat(reply.isProblem("not-acceptable")).as(reply.toString()).isTrue();
        assertThat(reply.text("detail")).contains("256 characters");
        assertThat(SERVICE.get(path, "Accept", just, "Accept", "*/*;q=0.5", FROM, newClient())
                        .status())
                .as("on two lines")
                .isEqualTo(406);
    }

    @Test
    void aPrometheusWithAllItsMediaTypesIsServed() {
        Reply reply = SERVICE.get(
                "/actuator/prometheus",
                FROM,
                newClient(),
                "Accept",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,"
                        + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
        assertThat(reply.status()).isEqualTo(200);
    }

    private static int left(Reply reply) {
        String limit = Objects.requireNonNull(reply.header("ratelimit"));
        return Integer.parseInt(limit.replaceAll(".*;r=([0-9]+);.*", "$1"));
    }

    private static String newClient() {
        clients++;
        return "10.0." + clients / 250 + "." + clients % 250;
    }
}
