package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody overwrites a change they have not seen. */
class OptimisticConcurrencyTest {

    private static final String STORE = "STORE001";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @RegisterExtension
    static final RecordedClients CLIENTS = new RecordedClients(SERVICE);

    @Test
    void changesWhatTheClientSaw() {
        String sku = twoVersions("SEEN");

        Reply byHeader = CLIENTS.adjust(STORE, sku, 1, "If-Match", "\"2\"");
        Reply byBody = post(sku, "reserve", "{\"qty\":1,\"expectedVersion\":3}");
        Reply byBoth = post(sku, "adjust", "{\"delta\":1,\"expectedVersion\":4}", "If-Match", "\"4\"");

        assertThat(byHeader.status()).isEqualTo(200);
        assertThat(byBody.status()).isEqualTo(200);
        assertThat(byBoth.status()).isEqualTo(200);
        assertThat(byBoth.number("version")).isEqualTo(5);
        assertThat(byBoth.header("etag")).startsWith("\"5.");
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "0", "999999999999999"})
    void refusesAnotherVersionAndTellsTheCurrentOne(String version) {
        String sku = twoVersions("STALE-" + version);

        Reply byHeader = CLIENTS.reserve(STORE, sku, 1, "If-Match", '"' + version + '"');
        Reply byBody = post(sku, "adjust", "{\"delta\":1,\"expectedVersion\":" + version + "}");

        assertConflict(byHeader, 2, 15);
        assertConflict(byBody, 2, 15);
        assertThat(CLIENTS.read(STORE, sku).number("version")).isEqualTo(2);
    }

    @Test
    void leadsToSuccessWithTheTagOfTheConflict() {
        String sku = twoVersions("RETRIED");
        Reply conflict = CLIENTS.reserve(STORE, sku, 1, "If-Match", "\"1\"");

        Reply retried = CLIENTS.reserve(STORE, sku, 1, "If-Match", String.valueOf(conflict.header("etag")));

        assertThat(retried.status()).isEqualTo(200);
    }

    @Test
    void checksTheVersionBeforeTheQuantity() {
        String sku = twoVersions("BOTH-WRONG");

        assertConflict(CLIENTS.reserve(STORE, sku, 1000, "If-Match", "\"1\""), 2, 15);
        Reply right = CLIENTS.reserve(STORE, sku, 1000, "If-Match", "\"2\"");
        assertThat(right.isProblem("insufficient-stock")).isTrue();
        assertThat(right.number("requested")).isEqualTo(1000);
        assertThat(right.number("available")).isEqualTo(15);
        assertThat(right.number("currentVersion")).isEqualTo(2);
        assertThat(right.header("etag")).startsWith("\"2.");
    }

    @Test
    void refusesTwoDifferentVersionsInOneRequest() {
        String sku = twoVersions("CONTRADICTION");

        Reply reply = post(sku, "adjust", "{\"delta\":1,\"expectedVersion\":2}", "If-Match", "\"1\"");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.isProblem("invalid-request")).isTrue();
        assertThat(CLIENTS.read(STORE, sku).number("version")).isEqualTo(2);
    }

    @Test
    void createsButDoesNotChangeWithVersionZero() {
        Reply created = post("NEW", "adjust", "{\"delta\":5,\"expectedVersion\":0}");
        Reply there = post("NEW", "adjust", "{\"delta\":5,\"expectedVersion\":0}");
        Reply createdByHeader = CLIENTS.adjust(STORE, "NEW-TOO", 5, "If-Match", "\"0\"");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("location")).isEqualTo("/stores/STORE001/inventory/NEW");
        assertThat(created.header("etag")).startsWith("\"1.");
        assertThat(created.number("version")).isEqualTo(1);
        assertConflict(there, 1, 5);
        assertThat(createdByHeader.status()).isEqualTo(201);
    }

    @Test
    void doesNotCreateWhatTheClientBelievesItSaw() {
        assertConflict(CLIENTS.adjust(STORE, "GHOST", 5, "If-Match", "\"7\""), 0, 0);
        assertThat(CLIENTS.read(STORE, "GHOST").isProblem("unknown-sku")).isTrue();
    }

    @Test
    void takesNothingFromAnUnknownSku() {
        assertThat(CLIENTS.reserve(STORE, "NOWHERE", 1).isProblem("unknown-sku"))
                .isTrue();
        assertThat(CLIENTS.adjust(STORE, "NOWHERE", -1).isProblem("unknown-sku"))
                .isTrue();
        assertThat(CLIENTS.reserve(STORE, "NOWHERE", 1, "If-Match", "\"7\"").status())
                .isEqualTo(404);
        assertThat(CLIENTS.read(STORE, "NOWHERE").status()).isEqualTo(404);
    }

    @Test
    void pointsToTheNewSkuUnderThePrefixThatWasUsed() {
        Reply created = SERVICE.post("/api/inventory/stores/STORE001/inventory/BANK%20CHARGES/adjust", "{\"delta\":5}");

        assertThat(created.status()).isEqualTo(201);
        String location = String.valueOf(created.header("location"));
        assertThat(location).isEqualTo("/api/inventory/stores/STORE001/inventory/BANK%20CHARGES");
        assertThat(SERVICE.get(location).text("sku")).isEqualTo("BANK CHARGES");
    }

    @Test
    void adjustsDownToZeroButNotBelow() {
        CLIENTS.adjust(STORE, "ZERO", 5);

        Reply below = CLIENTS.adjust(STORE, "ZERO", -6);
        Reply zero = CLIENTS.adjust(STORE, "ZERO", -5);

        assertThat(below.status()).isEqualTo(409);
        assertThat(below.isProblem("insufficient-stock")).isTrue();
        assertThat(below.number("requested")).isEqualTo(6);
        assertThat(below.number("available")).isEqualTo(5);
        assertThat(zero.number("qty")).isZero();
        assertThat(CLIENTS.read(STORE, "ZERO").number("qty")).isZero();
    }

    private static String twoVersions(String sku) {
        CLIENTS.adjust(STORE, sku, 10);
        assertThat(CLIENTS.adjust(STORE, sku, 5).number("version")).isEqualTo(2);
        return sku;
    }

    private static Reply post(String sku, String action, String json, String... headers) {
        return CLIENTS.post(STORE, sku, action, json, headers);
    }

    private static void assertConflict(Reply reply, long currentVersion, long currentQty) {
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.isProblem("version-conflict")).isTrue();
        assertThat(reply.number("currentVersion")).isEqualTo(currentVersion);
        assertThat(reply.number("currentQty")).isEqualTo(currentQty);
        assertThat(reply.header("etag")).startsWith("\"" + currentVersion + ".");
    }
}
