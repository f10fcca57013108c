package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.service.WritePath.refused;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.VERSION_CONFLICT;

import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** A key has one effect, though other processes wrote first, perhaps for the same key. */
class OvertakenKeysTest {

    private static final StockKey OTHER = new StockKey("STORE009", "SKU1");

    private final WritePath path = new WritePath();

    @Test
    void keyOfACommandThatIsDecidedAgainStaysClaimed() throws Exception {
        path.stocked(10, 1);
        Call<Answer> first = path.reserve(3, null, "key-1");
        path.log.awaitPending(1);
        Call<Answer> twin = path.reserve(3, null, "key-1").awaitWaiting();
        path.overtakenBy(others(9, 2));
        Event again = path.log.awaitPending(1).getFirst();
        assertThat(again.request()).isNotNull();
        first.awaitWaiting();
        twin.awaitWaiting();
        path.log.makesDurable();
        assertThat(accepted(first.answer()).eventId()).isEqualTo(again.eventId());
        assertThat(accepted(twin.answer())).isEqualTo(accepted(first.answer()).asReplay());
        assertThat(accepted(first.answer()).replayed()).isFalse();
        assertThat(path.log.pendingEvents()).isEmpty();
        assertThat(path.find().answer()).isEqualTo(path.now(6, 3));
    }

    @Test
    void keyOfARejectedCommandIsFree() throws Exception {
        path.stocked(10, 1);
        Call<Answer> outdated = path.reserve(3, 1L, "key-1");
        path.log.awaitPending(1);
        Call<Answer> twin = path.reserve(3, 1L, "key-1").awaitWaiting();
        path.overtakenBy(others(9, 2));
        assertThat(outdated.answer()).isEqualTo(refused(VERSION_CONFLICT, -3, others(9, 2)));
        assertThat(twin.answer()).isEqualTo(refused(VERSION_CONFLICT, -3, others(9, 2)));
        Call<Answer> corrected = path.reserve(3, 2L, "key-1");
        path.log.awaitPending(1);
        path.log.makesDurable();
        assertThat(accepted(corrected.answer()).record()).isEqualTo(path.now(6, 3));
    }

    @Test
    void keyThatWasAnsweredElsewhereIsAnsweredTheSame() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(3, null, "key-1");
        KeyedRequest request = request();
        Call<Answer> twin = path.reserve(3, null, "key-1").awaitWaiting();
        Call<Answer> built = path.pendingReserve(2, 2);
        Answer.Accepted elsewhere = elsewhere();
        path.log.overtaken(() -> answered(request, elsewhere));
        assertThat(sale.answer()).isEqualTo(elsewhere.asReplay());
        assertThat(twin.answer()).isEqualTo(elsewhere.asReplay());
        path.log.awaitPending(1);
        path.log.makesDurable();
        assertThat(accepted(built.answer()).record()).isEqualTo(path.now(8, 2));
    }

    @Test
    void keyThatBelongsToAnotherRequestElsewhereIsReused() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(3, null, "key-1");
        request();
        path.log.overtaken(() -> answered(new KeyedRequest("key-1", "another"), elsewhere()));
        assertThat(sale.answer()).isEqualTo(new Answer.KeyReused("key-1"));
        assertThat(path.log.pendingEvents()).isEmpty();
    }

    @Test
    void refusalDoesNotCountWhenTheKeyWasAnsweredElsewhereMeanwhile() {
        KeyedRequest request = new KeyedRequest("key-1", "sell");
        Answer refusal = refused(INSUFFICIENT_STOCK, -1, null);
        Answer.Accepted elsewhere = elsewhere();
        Answer answer = path.idempotency.once(request, false, Slot.UNLIMITED, claim -> {
            answered(request, elsewhere);
            return refusal;
        });
        assertThat(answer).as("to be asked again").isNull();
        assertThat(path.idempotency.once(request, false, Slot.UNLIMITED, claim -> refusal))
                .isEqualTo(elsewhere.asReplay());
    }

    private void answered(KeyedRequest request, Answer.Accepted answer) {
        Event event = new RecordedEvents().put(request, answer);
        path.log.stores(event);
        path.idempotency.restore(event);
    }

    private KeyedRequest request() {
        return Objects.requireNonNull(path.log.awaitPending(1).getFirst().request());
    }

    private Answer.Accepted elsewhere() {
        InventoryRecord record = WritePath.record(OTHER, 7, 3, path.clock.instant());
        return accepted(-3, record, new UUID(9, 9), 17, false);
    }

    private InventoryRecord others(long qty, long version) {
        return WritePath.record(KEY, qty, version, HeldClock.START.minusSeconds(1));
    }
}
