package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.service.WritePath.refused;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.InventoryRecord;

/** The disk does not answer in time: nobody is told what is not known, and a key keeps what it stands for. */
class CommitTimeoutTest {

    private final WritePath path = WritePath.ofImpatientRequests();

    @Test
    void nobodyWhoWaitsForTheDiskIsToldAnOutcome() {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(10);
        path.log.awaitPending(1);
        assertThat(sale.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(path.find().failure()).isInstanceOf(ServiceUnavailableException.class);
        assertThat(path.reserve(1).failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(path.log.pendingEvents()).hasSize(1);
    }

    @Test
    void lateChangeIsThereForTheNextReader() throws Exception {
        path.stocked(10, 1);
        assertThat(path.reserve(10).failure()).isInstanceOf(OutcomeUnknownException.class);
        path.log.makesDurable();
        assertThat(path.find().answer()).isEqualTo(path.now(0, 2));
        assertThat(path.reserve(1).answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -1, path.now(0, 2)));
    }

    @Test
    void repetitionWaitsForTheFateAndGetsTheRecordedAnswer() throws Exception {
        path.stocked(10, 1);
        assertThat(path.reserve(3, null, "key-1").failure()).isInstanceOf(OutcomeUnknownException.class);
        UUID event = path.log.awaitPending(1).getFirst().eventId();
        Call<Answer> repetition = path.reserve(3, null, "key-1").awaitWaiting();
        assertThat(path.log.pendingEvents()).hasSize(1);
        path.log.makesDurable();
        assertThat(repetition.answer()).isEqualTo(accepted(-3, path.now(7, 2), event, 1, true));
        assertThat(path.reserve(3, null, "key-1").answer()).isEqualTo(repetition.answer());
    }

    @Test
    void repetitionAppliesWhenTheChangeWasLost() throws Exception {
        path.stocked(10, 1);
        assertThat(path.reserve(3, null, "key-1").failure()).isInstanceOf(OutcomeUnknownException.class);
        UUID lost = path.log.awaitPending(1).getFirst().eventId();
        path.reserve(3, null, "key-1").awaitWaiting();
        path.log.losesTheOnlyOne();
        UUID applied = path.log.awaitPending(1).getFirst().eventId();
        path.log.makesDurable();
        assertThat(applied).isNotEqualTo(lost);
        assertThat(accepted(path.reserve(3, null, "key-1").answer()).eventId()).isEqualTo(applied);
        assertThat(path.find().answer()).isEqualTo(path.now(7, 2));
    }

    /** It handed nothing to the log, so no answer of the log will ever settle its key. */
    @Test
    void requestThatOnlyWaitedForAnotherGivesItsKeyBack() throws Exception {
        path.stocked(10, 1);
        path.reserve(10);
        path.log.awaitPending(1);
        assertThat(path.reserve(1, null, "key-1").failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(path.idempotency.size()).isZero();
        path.log.makesDurable();
        assertThat(path.reserve(1, null, "key-1").answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -1, path.now(0, 2)));
    }

    @Test
    void twinThatGivesUpIsToldThatTheOutcomeIsUnknown() throws Exception {
        WritePath impatient = WritePath.ofImpatientTwins();
        impatient.stocked(10, 1);
        Call<Answer> first = impatient.reserve(3, null, "key-1");
        impatient.log.awaitPending(1);
        assertThat(impatient.reserve(3, null, "key-1").failure()).isInstanceOf(OutcomeUnknownException.class);
        impatient.log.makesDurable();
        assertThat(accepted(first.answer()).record()).isEqualTo(impatient.now(7, 2));
        assertThat(accepted(impatient.reserve(3, null, "key-1").answer()).replayed())
                .isTrue();
    }

    @Test
    void readAfterALostChangeDoesNotWait() throws Exception {
        InventoryRecord before = path.stocked(10, 1);
        assertThat(path.reserve(10).failure()).isInstanceOf(OutcomeUnknownException.class);
        path.log.losesTheOnlyOne();
        @Nullable InventoryRecord read = path.find().answer();
        assertThat(read).isEqualTo(before);
    }
}
