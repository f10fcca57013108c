package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.service.Answer;
import retail.inventory.service.Answer.Accepted;
import retail.inventory.service.Answer.KeyReused;
import retail.inventory.service.Answer.Refused;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** What any form of {@link Stock} does, however many nodes it has. */
abstract class StockContract extends HoldsContract {

    @Test
    void deliveryCreatesAndASaleTakes() {
        Accepted delivered = accepted(adjust(5, null, null));
        assertThat(delivered.record().qty()).isEqualTo(5);
        assertThat(delivered.record().version()).isEqualTo(1);
        Accepted sold = accepted(reserve(2, null, null));
        assertThat(sold.record().qty()).isEqualTo(3);
        assertThat(sold.record().version()).isEqualTo(2);
        assertThat(sold.sequence()).isGreaterThan(delivered.sequence());
        assertThat(sold.replayed()).isFalse();
        for (int node = 0; node < nodes(); node++) {
            assertThat(stock().find(KEY)).as("what one node answered, all show").isEqualTo(sold.record());
        }
        assertThat(stock().find(new StockKey("S1", "B"))).isNull();
    }

    @Test
    void refusalSaysWhyAndShowsTheRecord() {
        assertThat(refused(reserve(1, null, null)).reason()).isEqualTo(Reason.UNKNOWN_SKU);
        assertThat(refused(adjust(-1, null, null)).current()).isNull();
        assertThat(refused(adjust(1, 1L, null)).reason()).isEqualTo(Reason.VERSION_CONFLICT);
        InventoryRecord record = accepted(adjust(5, 0L, null)).record();
        assertThat(refused(adjust(5, 0L, null)).reason()).isEqualTo(Reason.VERSION_CONFLICT);
        assertThat(refused(reserve(6, null, null)).reason()).isEqualTo(Reason.INSUFFICIENT_STOCK);
        assertThat(refused(reserve(6, null, null)).current()).isEqualTo(record);
        assertThat(refused(adjust(InventoryRecord.QTY_MAX, null, null)).reason())
                .isEqualTo(Reason.ABOVE_MAXIMUM);
        assertThat(refused(reserve(1, 2L, null)).reason()).isEqualTo(Reason.VERSION_CONFLICT);
        assertThat(stock().find(KEY)).isEqualTo(record);
    }

    @Test
    void fiftyReservationsOnTenSellTen() throws Exception {
        accepted(adjust(10, null, null));
        List<Answer> answers = atOnce(50, client -> reserve(1, null, null));
        List<Accepted> sold = all(answers, Accepted.class);
        assertThat(sold).hasSize(10);
        assertThat(sold.stream().map(one -> one.record().version()).sorted())
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 11).boxed().toList());
        assertThat(all(answers, Refused.class))
                .hasSize(40)
                .allMatch(one -> one.rejection().reason() == Reason.INSUFFICIENT_STOCK);
        InventoryRecord left = stock().find(KEY);
        assertThat(left).isNotNull().extracting(InventoryRecord::qty).isEqualTo(0L);
    }

    @Test
    void oneOfManyWinsAVersion() throws Exception {
        accepted(adjust(100, null, null));
        List<Answer> answers = atOnce(30, client -> reserve(1, 1L, null));
        assertThat(all(answers, Accepted.class)).hasSize(1);
        assertThat(all(answers, Refused.class))
                .hasSize(29)
                .allMatch(one -> one.rejection().reason() == Reason.VERSION_CONFLICT);
    }

    @Test
    void twentySkusDoNotMeet() throws Exception {
        List<Answer> answers = atOnce(
                20, client -> stock().adjust(new StockKey("S1", "SKU" + client), client + 1, 0L, Cause.NONE, null));
        assertThat(all(answers, Accepted.class)).hasSize(20);
        assertThat(all(answers, Accepted.class).stream().map(Accepted::sequence).collect(Collectors.toSet()))
                .isEqualTo(LongStream.rangeClosed(1, 20).boxed().collect(Collectors.toSet()));
    }

    @Test
    void sameKeyAtOnceCountsOnce() throws Exception {
        List<Accepted> answers = all(atOnce(20, client -> adjust(7, null, "once")), Accepted.class);
        assertThat(answers).hasSize(20);
        assertThat(answers.stream().map(Accepted::sequence)).containsOnly(1L);
        assertThat(answers.stream().map(Accepted::eventId).distinct()).hasSize(1);
        assertThat(answers).filteredOn(one -> !one.replayed()).hasSize(1);
        accepted(adjust(1, null, null));
        Accepted again = accepted(adjust(7, null, "once"));
        assertThat(again.record().qty()).as("as it was answered then").isEqualTo(7);
        assertThat(again.replayed()).isTrue();
        assertThat(stock().hasAnswered("once")).isTrue();
        assertThat(stock().find(KEY))
                .isNotNull()
                .extracting(InventoryRecord::qty)
                .isEqualTo(8L);
    }

    @Test
    void keyBelongsToOneRequest() {
        accepted(adjust(7, null, "mine"));
        assertThat(adjust(8, null, "mine")).isInstanceOf(KeyReused.class);
        assertThat(reserve(7, null, "mine")).isInstanceOf(KeyReused.class);
        Cause found = new Cause(Cause.LOCAL, "FOUND", null, null, null);
        assertThat(stock().adjust(KEY, 7, null, found, "mine")).isInstanceOf(KeyReused.class);
        assertThat(stock().find(KEY))
                .isNotNull()
                .extracting(InventoryRecord::version)
                .isEqualTo(1L);
    }

    @Test
    void refusedRequestLeavesItsKeyFree() {
        assertThat(refused(reserve(2, null, "later")).reason()).isEqualTo(Reason.UNKNOWN_SKU);
        accepted(adjust(7, null, null));
        assertThat(accepted(reserve(2, null, "later")).replayed()).isFalse();
        assertThat(accepted(reserve(2, null, "later")).replayed()).isTrue();
    }

    @Test
    void pagesAreInOrderAndWhole() {
        assertThat(stock().page("S1", null, 10)).isNull();
        for (String sku : List.of("b", "C", "\ud83d\udc55", "\uffee", "a/1")) {
            accepted(stock().adjust(new StockKey("S1", sku), 1, null, Cause.NONE, null));
        }
        assertThat(skus(null, 10)).containsExactly("C", "a/1", "b", "\uffee", "\ud83d\udc55");
        assertThat(skus(null, 2)).containsExactly("C", "a/1");
        assertThat(skus("a/1", 2)).containsExactly("b", "\uffee");
        assertThat(skus("\ud83d\udc55", 2)).isEmpty();
        assertThat(stock().page("S2", null, 10)).isNull();
    }

    private List<String> skus(@Nullable String after, int limit) {
        List<InventoryRecord> page = stock().page("S1", after, limit);
        return page == null
                ? List.of()
                : page.stream().map(one -> one.key().sku()).toList();
    }

    private Answer adjust(long delta, @Nullable Long expectedVersion, @Nullable String key) {
        return stock().adjust(KEY, delta, expectedVersion, Cause.NONE, key);
    }

    private Answer reserve(long qty, @Nullable Long expectedVersion, @Nullable String key) {
        return stock().reserve(KEY, qty, expectedVersion, Cause.NONE, key);
    }
}
