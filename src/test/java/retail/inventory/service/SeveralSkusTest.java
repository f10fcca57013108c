package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/** A sale of several SKUs is one event, and comes and goes as one. */
class SeveralSkusTest {

    private static final StockKey OTHER = new StockKey("STORE002", "SKU9");

    private final WritePath path = new WritePath();

    @Test
    void isOneEventWithAMovementForEach() throws Exception {
        path.stocked(10, 1);
        path.stocked(OTHER, 4, 3);
        Call<Answer> sale = sells(null, 3, 4);
        Event event = path.log.awaitPending(1).getFirst();
        Movements movements = Movements.of(List.of(new Movement(KEY, -3, 7, 2), new Movement(OTHER, -4, 0, 4)));
        assertThat(event.type()).isEqualTo(Event.RESERVE);
        assertThat(event.movements()).isEqualTo(movements);
        path.log.makesDurable();
        assertThat(sale.answer())
                .isEqualTo(new Answer.Accepted(movements, path.clock.instant(), event.eventId(), 1, false));
        assertThat(path.find().answer()).isEqualTo(path.now(7, 2));
        assertThat(other()).isEqualTo(WritePath.record(OTHER, 0, 4, path.clock.instant()));
    }

    @Test
    void isTakenBackWholeWhenTheLogFails() throws Exception {
        InventoryRecord before = path.stocked(10, 1);
        InventoryRecord beforeOfOther = path.stocked(OTHER, 4, 3);
        Call<Answer> sale = sells("basket", 1, 4);
        path.log.awaitPending(1);
        Call<Answer> later = path.pendingReserve(2, 2);
        path.log.fails();
        assertThat(sale.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(later.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(path.find().answer()).isEqualTo(before);
        assertThat(other()).isEqualTo(beforeOfOther);
        assertThat(path.idempotency.size()).isZero();
    }

    @Test
    void leavesNothingWhenTheLogDoesNotTakeIt() throws Exception {
        InventoryRecord before = path.stocked(10, 1);
        InventoryRecord beforeOfOther = path.stocked(OTHER, 4, 3);
        path.log.refuses(new LogUnavailableException(LogUnavailableException.Cause.FULL, "not now"));
        assertThat(sells(null, 1, 4).failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(path.find().answer()).isEqualTo(before);
        assertThat(other()).isEqualTo(beforeOfOther);
    }

    @Test
    void isDecidedAgainOnWhatOthersLeftOfAnyOfThem() throws Exception {
        path.stocked(10, 1);
        path.stocked(OTHER, 4, 3);
        Call<Answer> sale = sells(null, 3, 2);
        UUID id = path.log.awaitPending(1).getFirst().eventId();
        path.overtakenBy(WritePath.record(OTHER, 2, 4, path.clock.instant()));
        path.log.makesDurable();
        Answer.Accepted answer = accepted(sale.answer());
        assertThat(answer.eventId()).isEqualTo(id);
        assertThat(answer.record(0)).isEqualTo(path.now(7, 2));
        assertThat(answer.record(1)).isEqualTo(WritePath.record(OTHER, 0, 5, path.clock.instant()));
    }

    @Test
    void isRefusedWholeWhenOthersLeftTooLittleOfOne() throws Exception {
        InventoryRecord before = path.stocked(10, 1);
        path.stocked(OTHER, 4, 3);
        Call<Answer> sale = sells(null, 3, 2);
        path.log.awaitPending(1);
        InventoryRecord left = WritePath.record(OTHER, 1, 4, path.clock.instant());
        path.overtakenBy(left);
        assertThat(sale.answer())
                .isEqualTo(new Answer.Refused(
                        new Rejected(INSUFFICIENT_STOCK, List.of(new RejectedLine(OTHER, -2, left)))));
        assertThat(path.find().answer()).isEqualTo(before);
        assertThat(path.log.pendingEvents()).isEmpty();
    }

    @Test
    void refusalWaitsForAllThatItSaw() throws Exception {
        path.stocked(10, 1);
        path.stocked(OTHER, 4, 3);
        path.pendingReserve(10, 1);
        Call<Answer> sale = sells(null, 1, 5).awaitWaiting();
        path.log.losesTheOnlyOne();
        assertThat(sale.answer())
                .isEqualTo(new Answer.Refused(
                        new Rejected(INSUFFICIENT_STOCK, List.of(new RejectedLine(OTHER, -5, other())))));
    }

    @Test
    void leavesNoRowsForNamesThatAreMadeUp() throws Exception {
        path.stocked(10, 1);
        StockKey madeUp = new StockKey("NOWHERE", "NOTHING");
        Call<Answer> sale =
                Call.of(() -> path.service.reserveAll(List.of(line(KEY, 1), line(madeUp, 1)), Cause.NONE, null));
        assertThat(sale.answer()).isInstanceOf(Answer.Refused.class);
        assertThat(path.table.find(madeUp)).isNull();
        assertThat(path.table.storeCount()).isEqualTo(1);
    }

    private Call<Answer> sells(@Nullable String key, long qty, long qtyOfOther) {
        List<Line> lines = List.of(line(OTHER, qtyOfOther), line(KEY, qty));
        return Call.of(() -> path.service.reserveAll(lines, Cause.NONE, key));
    }

    private static Line line(StockKey key, long qty) {
        return new Line(key, qty, null);
    }

    private @Nullable InventoryRecord other() {
        return path.service.find(OTHER);
    }
}
