package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.service.WritePath.refused;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;

import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** What another process wrote to the log is handed over while requests of this one wait for theirs. */
class OtherProcessesTest {

    private final WritePath path = new WritePath();

    @Test
    void openChangesOfTheRowDoNotStandAndAreDecidedAgain() throws Exception {
        path.stocked(10, 1);
        Call<Answer> first = path.pendingReserve(3, 1);
        Call<Answer> second = path.pendingReserve(3, 2);
        assertThat(path.log.standing()).containsExactly(true, true);
        anotherProcessLeaves(4, 2);
        assertThat(path.log.standing()).containsExactly(false, false);
        assertThat(path.find().answer()).as("needs no answer of the log").isEqualTo(others(4, 2));
        Call<Answer> third = path.pendingReserve(1, 3);
        assertThat(path.log.standing()).containsExactly(false, false, true);
        path.log.refusesPending(0);
        path.log.awaitPending(3);
        assertThat(path.log.standing()).containsExactly(false, true, true);
        path.log.refusesPending(0);
        path.log.makesDurable(2);
        assertThat(accepted(third.answer()).record()).isEqualTo(path.now(3, 3));
        assertThat(accepted(first.answer()).record()).isEqualTo(path.now(0, 4));
        assertThat(second.answer()).isEqualTo(refused(INSUFFICIENT_STOCK, path.now(0, 4)));
    }

    @Test
    void keyThatWasAnsweredElsewhereIsAnsweredTheSame() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(3, null, "key-1");
        KeyedRequest request =
                Objects.requireNonNull(path.log.awaitPending(1).getFirst().request());
        assertThat(path.log.standing()).containsExactly(true);
        Answer.Accepted elsewhere = answeredElsewhere(request);
        assertThat(path.log.standing()).containsExactly(false);
        path.log.refusesPending(0);
        assertThat(sale.answer()).isEqualTo(elsewhere.asReplay());
        assertThat(path.find().answer()).isEqualTo(WritePath.record(KEY, 10, 1, HeldClock.START.minusSeconds(60)));
        assertThat(path.log.pendingEvents()).isEmpty();
    }

    @Test
    void whatWasBuiltOnALostChangeDoesNotStand() throws Exception {
        path.stocked(10, 1);
        Call<Answer> keyed = path.reserve(3, null, "key-1");
        KeyedRequest request =
                Objects.requireNonNull(path.log.awaitPending(1).getFirst().request());
        Call<Answer> built = path.pendingReserve(2, 2);
        answeredElsewhere(request);
        assertThat(path.log.standing()).containsExactly(false, true);
        path.log.refusesPending(0);
        assertThat(path.log.standing()).containsExactly(false);
        keyed.answer();
        path.log.refusesPending(0);
        path.log.makesDurable(1);
        assertThat(accepted(built.answer()).record()).isEqualTo(path.now(8, 2));
    }

    @Test
    void refusalDoesNotCountWhenTheKeyWasAnsweredElsewhereMeanwhile() {
        KeyedRequest request = new KeyedRequest("key-1", "sell");
        Answer refusal = refused(INSUFFICIENT_STOCK, null);
        Answer.Accepted[] elsewhere = new Answer.Accepted[1];
        Answer answer = path.idempotency.once(request, Slot.UNLIMITED, claim -> {
            elsewhere[0] = answeredElsewhere(request);
            return refusal;
        });
        assertThat(answer).as("to be asked again").isNull();
        assertThat(path.idempotency.once(request, Slot.UNLIMITED, claim -> refusal))
                .isEqualTo(elsewhere[0].asReplay());
    }

    private Answer.Accepted answeredElsewhere(KeyedRequest request) {
        InventoryRecord record = WritePath.record(new StockKey("STORE009", "SKU1"), 7, 3, path.clock.instant());
        Answer.Accepted answer = new Answer.Accepted(record, new UUID(9, 9), 17, false);
        Event event = new RecordedEvents().put(request, answer);
        path.log.stores(event);
        path.idempotency.restore(event);
        return answer;
    }

    private void anotherProcessLeaves(long qty, long version) {
        path.log.holds(others(qty, version));
        path.table.advance(others(qty, version));
    }

    private InventoryRecord others(long qty, long version) {
        return WritePath.record(KEY, qty, version, path.clock.instant());
    }
}
