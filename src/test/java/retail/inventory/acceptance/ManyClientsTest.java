package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What prototypes of this service got wrong when many clients came at once. */
class ManyClientsTest {

    private static final String STORE = "STORE001";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @RegisterExtension
    static final RecordedClients CLIENTS = new RecordedClients(SERVICE);

    @RepeatedTest(20)
    void sellsTenPiecesToTenOfFiftyCustomersAtOnce(RepetitionInfo round) throws Exception {
        String sku = "LAST-TEN-" + round.getCurrentRepetition();
        CLIENTS.adjust(STORE, sku, 10);

        List<Reply> replies = AtOnce.clients(50, client -> CLIENTS.reserve(STORE, sku, 1));

        List<Reply> sold = replies.stream().filter(r -> r.status() == 200).toList();
        List<Reply> refused = replies.stream().filter(r -> r.status() != 200).toList();
        assertThat(sold).hasSize(10);
        assertThat(sold).extracting(r -> r.number("qty")).containsExactlyInAnyOrder(numbers(0, 9));
        assertThat(refused).hasSize(40).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.isProblem("insufficient-stock")).isTrue();
            assertThat(reply.number("available")).isZero();
            assertThat(reply.number("requested")).isEqualTo(1);
        });
        assertThat(CLIENTS.read(STORE, sku).number("qty")).isZero();
    }

    @Test
    void countsTwoHundredChangesOfOneSkuWithoutGapOrRepeat() throws Exception {
        List<Reply> replies = AtOnce.clients(200, client -> CLIENTS.adjust(STORE, "HOT", client + 1));

        assertThat(replies).extracting(r -> r.number("version")).containsExactlyInAnyOrder(numbers(1, 200));
        assertThat(replies).filteredOn(r -> r.status() == 201).hasSize(1);
        assertThat(replies).filteredOn(r -> r.status() == 200).hasSize(199);
        assertThat(replies).extracting(r -> r.number("sequence")).doesNotHaveDuplicates();
        assertThat(replies).extracting(r -> r.text("eventId")).doesNotHaveDuplicates();
        Reply now = CLIENTS.read(STORE, "HOT");
        assertThat(now.number("version")).isEqualTo(200);
        assertThat(now.number("qty")).isEqualTo(200 * 201 / 2);
    }

    @Test
    void numbersTheSequenceInTheOrderOfVersions() throws Exception {
        List<Reply> replies = AtOnce.clients(50, client -> CLIENTS.adjust(STORE, "ORDERED", 1));

        assertThat(replies.stream().sorted((a, b) -> Long.compare(a.number("version"), b.number("version"))))
                .extracting(r -> r.number("sequence"))
                .isSorted();
    }

    @Test
    void keepsChangesOfTwentyDifferentSkusAtOnce() throws Exception {
        AtOnce.clients(20, client -> CLIENTS.adjust("STORE020", "SKU-" + (10 + client), client + 1));

        Reply page = SERVICE.get("/stores/STORE020/inventory");
        assertThat(page.json()
                        .get("records")
                        .valueStream()
                        .map(r -> r.get("sku").asString()))
                .containsExactlyElementsOf(
                        LongStream.range(10, 30).mapToObj(i -> "SKU-" + i).toList());
        assertThat(page.json()
                        .get("records")
                        .valueStream()
                        .map(r -> r.get("qty").asLong()))
                .containsExactly(numbers(1, 20));
    }

    @Test
    void letsOnlyOneOfTwentyWithTheSameVersionWin() throws Exception {
        String tag = String.valueOf(CLIENTS.adjust(STORE, "ONE-WINNER", 100).header("etag"));

        List<Reply> replies =
                AtOnce.clients(20, client -> CLIENTS.reserve(STORE, "ONE-WINNER", client + 1, "If-Match", tag));

        assertThat(replies).filteredOn(r -> r.status() == 200).hasSize(1);
        assertThat(replies).filteredOn(r -> r.isProblem("version-conflict")).hasSize(19);
        assertThat(CLIENTS.read(STORE, "ONE-WINNER").number("version")).isEqualTo(2);
    }

    @Test
    void createsASkuOnceWhenTwentyClientsCreateIt() throws Exception {
        List<Reply> replies = AtOnce.clients(
                20, client -> CLIENTS.post(STORE, "CREATED-ONCE", "adjust", "{\"delta\":5,\"expectedVersion\":0}"));

        assertThat(replies).filteredOn(r -> r.status() == 201).hasSize(1);
        assertThat(replies).filteredOn(r -> r.isProblem("version-conflict")).hasSize(19);
        assertThat(CLIENTS.read(STORE, "CREATED-ONCE").number("qty")).isEqualTo(5);
    }

    @Test
    void goesOnServingAfterManyMistakesOfClients() throws Exception {
        CLIENTS.adjust(STORE, "SOLD-OUT", 1);
        CLIENTS.reserve(STORE, "SOLD-OUT", 1);

        List<Reply> unknown = AtOnce.clients(30, client -> CLIENTS.read(STORE, "NEVER-HEARD-OF"));
        List<Reply> soldOut = AtOnce.clients(30, client -> CLIENTS.reserve(STORE, "SOLD-OUT", 1));
        List<Reply> broken = AtOnce.clients(
                30, client -> SERVICE.post(RunningService.path(STORE, "SOLD-OUT") + "/adjust", "{\"delta\":"));

        assertThat(unknown).allMatch(reply -> reply.status() == 404 && reply.isProblem("unknown-sku"));
        assertThat(soldOut).allMatch(reply -> reply.status() == 409 && reply.isProblem("insufficient-stock"));
        assertThat(broken).allMatch(reply -> reply.status() == 400 && reply.isProblem("invalid-request"));
        assertThat(CLIENTS.adjust(STORE, "SOLD-OUT", 3).status()).isEqualTo(200);
        assertThat(CLIENTS.reserve(STORE, "SOLD-OUT", 3).number("qty")).isZero();
        assertThat(SERVICE.get("/health/readiness").status()).isEqualTo(200);
    }

    private static Long[] numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
    }
}
