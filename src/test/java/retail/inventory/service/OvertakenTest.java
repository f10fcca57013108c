package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.service.WritePath.refused;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.VERSION_CONFLICT;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event;
import retail.inventory.journal.OvertakenException;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.Arrivals;
import retail.inventory.table.Commit;

/** Other processes wrote first: everything open goes back, their records count, and the commands are decided again in order. */
class OvertakenTest {

    private static final StockKey OTHER = new StockKey("STORE002", "SKU9");

    private final WritePath path = new WritePath();

    @Test
    void commandIsDecidedAgainOnTheOthersRecord() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.pendingReserve(3, 1);
        UUID id = path.log.pendingEvents().getFirst().eventId();
        path.overtakenBy(others(5, 4));
        Event again = path.log.awaitPending(1).getFirst();
        assertThat(again.eventId()).as("the same request").isEqualTo(id);
        assertThat(again.movement().qty()).isEqualTo(2);
        assertThat(again.movement().version()).isEqualTo(5);
        path.log.makesDurable();
        assertThat(sale.answer()).isEqualTo(accepted(-3, path.now(2, 5), id, 1, false));
        assertThat(path.find().answer()).isEqualTo(path.now(2, 5));
    }

    /** Also where nobody wrote: no command knows which others it was built on. */
    @Test
    void allThatIsOpenIsDecidedAgainInOrder() throws Exception {
        path.stocked(10, 1);
        path.stocked(OTHER, 7, 1);
        Call<Answer> first = path.pendingReserve(3, 1);
        Call<Answer> elsewhere = Call.of(() -> path.service.reserve(OTHER, 7, null, null));
        path.log.awaitPending(2);
        Call<Answer> second = path.pendingReserve(2, 3);
        List<UUID> ids = path.log.pendingEvents().stream().map(Event::eventId).toList();
        path.overtakenBy(others(6, 2));
        assertThat(path.log.pendingEvents().stream().map(Event::eventId)).containsExactlyElementsOf(ids);
        Call<Answer> third = path.pendingReserve(1, 4);
        path.overtakenBy(others(6, 3), others(5, 4));
        path.log.makesDurable(3);
        assertThat(accepted(first.answer()).record()).isEqualTo(path.now(2, 5));
        assertThat(accepted(elsewhere.answer()).record())
                .isEqualTo(WritePath.record(OTHER, 0, 2, path.clock.instant()));
        assertThat(accepted(second.answer()).record()).isEqualTo(path.now(0, 6));
        assertThat(third.answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -1, path.now(0, 6)));
    }

    @Test
    void commandIsRejectedWhenTheOthersLeftTooLittle() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.pendingReserve(3, 1);
        path.overtakenBy(others(2, 2));
        assertThat(sale.answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -3, others(2, 2)));
        assertThat(path.log.pendingEvents()).isEmpty();
    }

    @Test
    void commandThatNamedAVersionIsRejected() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(3, 1L, null);
        path.log.awaitPending(1);
        Call<Answer> built = path.reserve(2, 2L, null);
        path.log.awaitPending(2);
        path.overtakenBy(others(9, 2));
        assertThat(sale.answer()).isEqualTo(refused(VERSION_CONFLICT, -3, others(9, 2)));
        assertThat(path.log.pendingEvents())
                .as("the version it named is another's now, and has come")
                .hasSize(1);
        path.log.makesDurable();
        assertThat(accepted(built.answer()).record()).isEqualTo(path.now(7, 3));
    }

    @Test
    void rejectionWaitsForWhatItRestsOn() throws Exception {
        path.stocked(10, 1);
        Call<Answer> first = path.pendingReserve(3, 1);
        Call<Answer> second = path.pendingReserve(3, 2);
        path.overtakenBy(others(4, 2));
        path.log.awaitPending(1);
        second.awaitWaiting();
        path.log.losesTheOnlyOne();
        assertThat(first.failure()).isInstanceOf(OutcomeUnknownException.class);
        path.log.awaitPending(1);
        path.log.makesDurable();
        assertThat(accepted(second.answer()).record()).isEqualTo(path.now(1, 3));
    }

    @Test
    void readThatSawTheUndoneChangeShowsTheOthersRecord() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(3, 1L, null);
        path.log.awaitPending(1);
        Call<@Nullable InventoryRecord> read = path.find().awaitWaiting();
        path.overtakenBy(others(9, 2));
        assertThat(read.answer()).isEqualTo(others(9, 2));
        assertThat(sale.answer()).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void skuThatIsNewIsMadeAgain() throws Exception {
        Call<Answer> delivery = path.adjust(5);
        path.log.awaitPending(1);
        path.overtakenBy(WritePath.record(OTHER, 7, 1, HeldClock.START));
        path.log.makesDurable();
        assertThat(accepted(delivery.answer()).record()).isEqualTo(path.now(5, 1));
        assertThat(path.find().answer()).isEqualTo(path.now(5, 1));
        assertThat(path.table.size()).isEqualTo(2);
    }

    @Test
    void whatIsLostAfterItWasDecidedAgainLeavesTheOthersRecord() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.pendingReserve(3, 1);
        path.overtakenBy(others(5, 4));
        path.log.losesTheOnlyOne();
        assertThat(sale.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(path.find().answer()).isEqualTo(others(5, 4));
    }

    @Test
    void whatIsDecidedWhileTheLogGoesBackIsDecidedAgain() throws Exception {
        path.stocked(10, 1);
        Call<Answer> open = path.pendingReserve(3, 1);
        List<Call<Answer>> meanwhile = new ArrayList<>();
        path.log.overtaken(() -> {
            meanwhile.add(path.reserve(8, null, "key-1").awaitWaiting());
            path.log.holds(others(9, 2));
            Arrivals.advance(path.table, others(9, 2));
        });
        path.log.makesDurable();
        assertThat(accepted(open.answer()).record()).isEqualTo(path.now(6, 3));
        assertThat(meanwhile.getFirst().answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -8, path.now(6, 3)));
    }

    @Test
    void commandThatNeverComesInIsTurnedAwayInTheEnd() throws Exception {
        path.stocked(10, 1);
        path.log.refuses(new OvertakenException());
        assertThat(path.reserve(3).failure())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining(Integer.toString(Commit.TRIES_MAX));
        assertThat(path.find().answer()).isEqualTo(WritePath.record(KEY, 10, 1, HeldClock.START.minusSeconds(60)));
    }

    @Test
    void callerWhoHasGoneWantsNothing() throws Exception {
        WritePath impatient = WritePath.ofImpatientRequests();
        impatient.stocked(10, 1);
        Call<Answer> gone = impatient.reserve(3, null, "key-1");
        assertThat(gone.failure()).isInstanceOf(OutcomeUnknownException.class);
        impatient.log.awaitPending(1);
        impatient.overtakenBy(others(9, 2));
        assertThat(impatient.log.pendingEvents()).isEmpty();
        assertThat(impatient.find().answer()).isEqualTo(others(9, 2));
        impatient.reserve(3, null, "key-1");
        impatient.log.awaitPending(1);
    }

    private InventoryRecord others(long qty, long version) {
        return WritePath.record(KEY, qty, version, HeldClock.START.minusSeconds(1));
    }
}
