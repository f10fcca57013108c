package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change sent again with its Idempotency-Key counts once. */
class IdempotentRetriesTest {

    private static final String STORE = "STORE001";
    private static final String KEY = "Idempotency-Key";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @RegisterExtension
    static final RecordedClients CLIENTS = new RecordedClients(SERVICE);

    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void sellsOnceWhenTheSameRequestComesManyTimesAtOnce(int times) throws Exception {
        String sku = "TWINS-" + times;
        CLIENTS.adjust(STORE, sku, 100);

        List<Reply> replies =
                AtOnce.clients(times, client -> CLIENTS.reserve(STORE, sku, 7, KEY, "sell-once-" + times));

        assertThat(replies).allMatch(r -> r.status() == 200);
        assertThat(replies)
                .extracting(Reply::body)
                .containsOnly(replies.getFirst().body());
        assertThat(replies).extracting(r -> String.valueOf(r.header("etag"))).allMatch(tag -> tag.startsWith("\"2."));
        assertThat(replies).filteredOn(r -> !isReplay(r)).hasSize(1);
        assertThat(CLIENTS.read(STORE, sku).number("qty")).isEqualTo(93);
        assertThat(CLIENTS.read(STORE, sku).number("version")).isEqualTo(2);
    }

    @Test
    void createsOnceWhenTheSameRequestComesManyTimesAtOnce() throws Exception {
        List<Reply> replies = AtOnce.clients(20, client -> CLIENTS.adjust(STORE, "BORN-ONCE", 7, KEY, "born-once"));

        assertThat(replies).allMatch(r -> r.status() == 201);
        assertThat(replies).extracting(r -> r.header("location")).containsOnly(RunningService.path(STORE, "BORN-ONCE"));
        assertThat(replies)
                .extracting(Reply::body)
                .containsOnly(replies.getFirst().body());
        assertThat(replies).filteredOn(r -> !isReplay(r)).hasSize(1);
        assertThat(CLIENTS.read(STORE, "BORN-ONCE").number("qty")).isEqualTo(7);
    }

    @Test
    void givesTheFirstAnswerAgainAlsoWhenTheSkuHasMovedOn() {
        Reply first = CLIENTS.adjust(STORE, "MOVED-ON", 5, KEY, "moved-on");
        CLIENTS.adjust(STORE, "MOVED-ON", 1);

        Reply again = CLIENTS.adjust(STORE, "MOVED-ON", 5, KEY, "moved-on");

        assertThat(isReplay(first)).isFalse();
        assertThat(isReplay(again)).isTrue();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("etag")).startsWith("\"1.");
        assertThat(CLIENTS.read(STORE, "MOVED-ON").number("qty")).isEqualTo(6);
    }

    @Test
    void takesBothPrefixesForTheSameRequest() {
        Reply first = CLIENTS.adjust(STORE, "BY-PROXY", 5, KEY, "by-proxy");

        Reply again = SERVICE.post(
                "/api/inventory" + RunningService.path(STORE, "BY-PROXY") + "/adjust",
                "{\"delta\":5}",
                KEY,
                "by-proxy");

        assertThat(isReplay(again)).isTrue();
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void refusesAKeyThatBelongsToAnotherRequest() {
        CLIENTS.adjust(STORE, "KEYED", 10, KEY, "used");

        assertThat(CLIENTS.adjust(STORE, "KEYED", 11, KEY, "used")).satisfies(IdempotentRetriesTest::isKeyReused);
        assertThat(CLIENTS.reserve(STORE, "KEYED", 10, KEY, "used")).satisfies(IdempotentRetriesTest::isKeyReused);
        assertThat(CLIENTS.adjust(STORE, "OTHER", 10, KEY, "used")).satisfies(IdempotentRetriesTest::isKeyReused);
        assertThat(CLIENTS.adjust("STORE002", "KEYED", 10, KEY, "used")).satisfies(IdempotentRetriesTest::isKeyReused);
        assertThat(CLIENTS.adjust(STORE, "KEYED", 10, KEY, "used", "If-Match", "\"1\""))
                .satisfies(IdempotentRetriesTest::isKeyReused);

        assertThat(CLIENTS.read(STORE, "KEYED").number("version")).isEqualTo(1);
        assertThat(CLIENTS.read(STORE, "OTHER").status()).isEqualTo(404);
        assertThat(SERVICE.get("/stores/STORE002/inventory").status()).isEqualTo(404);
    }

    @Test
    void letsARefusedSaleBeTriedAgainWithItsKey() {
        CLIENTS.adjust(STORE, "SOON", 1);
        Reply refused = CLIENTS.reserve(STORE, "SOON", 5, KEY, "patience");
        Reply refusedAgain = CLIENTS.reserve(STORE, "SOON", 5, KEY, "patience");
        CLIENTS.adjust(STORE, "SOON", 10);

        Reply sold = CLIENTS.reserve(STORE, "SOON", 5, KEY, "patience");
        Reply again = CLIENTS.reserve(STORE, "SOON", 5, KEY, "patience");

        assertThat(refused.isProblem("insufficient-stock")).isTrue();
        assertThat(refusedAgain.isProblem("insufficient-stock")).isTrue();
        assertThat(sold.status()).isEqualTo(200);
        assertThat(isReplay(sold)).isFalse();
        assertThat(isReplay(again)).isTrue();
        assertThat(CLIENTS.read(STORE, "SOON").number("qty")).isEqualTo(6);
    }

    @Test
    void letsARefusedRequestBeCorrectedUnderItsKey() {
        Reply refused = CLIENTS.reserve(STORE, "CORRECTED", 5, KEY, "typo");
        Reply corrected = CLIENTS.adjust(STORE, "CORRECTED", 5, KEY, "typo");

        assertThat(refused.isProblem("unknown-sku")).isTrue();
        assertThat(corrected.status()).isEqualTo(201);
    }

    @Test
    void replaysAChangeThatNamedTheVersionBeforeIt() {
        CLIENTS.adjust(STORE, "GUARDED", 10);

        Reply first = CLIENTS.reserve(STORE, "GUARDED", 1, KEY, "guarded", "If-Match", "\"1\"");
        Reply again = CLIENTS.reserve(STORE, "GUARDED", 1, KEY, "guarded", "If-Match", "\"1\"");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(200);
        assertThat(isReplay(again)).isTrue();
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void tellsKeysApartByCaseAndUpToTheirLastCharacter() {
        String longest = "k".repeat(255);
        CLIENTS.adjust(STORE, "LONG-KEY", 1, KEY, longest);
        Reply other = CLIENTS.adjust(STORE, "LONG-KEY", 1, KEY, longest.substring(1) + "K");

        assertThat(isReplay(other)).isFalse();
        assertThat(isReplay(CLIENTS.adjust(STORE, "LONG-KEY", 1, KEY, longest))).isTrue();
        assertThat(CLIENTS.read(STORE, "LONG-KEY").number("qty")).isEqualTo(2);
    }

    private static void isKeyReused(Reply reply) {
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.isProblem("idempotency-key-reused")).isTrue();
        assertThat(reply.header("idempotency-replayed")).isNull();
    }

    private static boolean isReplay(Reply reply) {
        return "true".equals(reply.header("idempotency-replayed"));
    }
}
