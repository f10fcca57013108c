package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.service.WritePath.refused;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.VERSION_CONFLICT;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.journal.Event;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.Commit;

/** Another process wrote the version first: its record counts, and the command is decided again on it. */
class ConflictTest {

    private final WritePath path = new WritePath();

    @Test
    void commandIsDecidedAgainOnTheOthersRecord() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.pendingReserve(3, 1);
        path.log.findsConflict(0, others(5, 4));
        Event again = path.log.awaitPending(1).getFirst();
        assertThat(again.resultQty()).isEqualTo(2);
        assertThat(again.resultVersion()).isEqualTo(5);
        path.log.makesDurable();
        assertThat(sale.answer()).isEqualTo(new Answer.Accepted(path.now(2, 5), again.eventId(), 1, false));
        assertThat(path.find().answer()).isEqualTo(path.now(2, 5));
    }

    @Test
    void commandIsRejectedWhenTheOtherLeftTooLittle() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.pendingReserve(3, 1);
        path.log.findsConflict(0, others(2, 2));
        assertThat(sale.answer()).isEqualTo(refused(INSUFFICIENT_STOCK, others(2, 2)));
        assertThat(path.log.pendingEvents()).isEmpty();
    }

    @Test
    void commandThatNamedAVersionIsRejected() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(3, 1L, null);
        path.log.awaitPending(1);
        path.log.findsConflict(0, others(9, 2));
        assertThat(sale.answer()).isEqualTo(refused(VERSION_CONFLICT, others(9, 2)));
        assertThat(path.log.pendingEvents()).isEmpty();
        assertThat(path.find().answer()).isEqualTo(others(9, 2));
    }

    @Test
    void readThatSawTheRefusedChangeShowsTheOthersRecord() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(3, 1L, null);
        path.log.awaitPending(1);
        Call<@Nullable InventoryRecord> read = path.find().awaitWaiting();
        path.log.findsConflict(0, others(9, 2));
        assertThat(read.answer()).isEqualTo(others(9, 2));
        assertThat(sale.answer()).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void keyStillHasOneEffect() throws Exception {
        path.stocked(10, 1);
        Call<Answer> first = path.reserve(3, null, "key-1");
        path.log.awaitPending(1);
        Call<Answer> twin = path.reserve(3, null, "key-1").awaitWaiting();
        path.log.findsConflict(0, others(9, 2));
        Event again = path.log.awaitPending(1).getFirst();
        first.awaitWaiting();
        twin.awaitWaiting();
        path.log.makesDurable();
        assertThat(accepted(first.answer()).eventId()).isEqualTo(again.eventId());
        assertThat(accepted(twin.answer()).eventId()).isEqualTo(again.eventId());
        assertThat(accepted(first.answer()).replayed())
                .isNotEqualTo(accepted(twin.answer()).replayed());
        assertThat(path.log.pendingEvents()).isEmpty();
        assertThat(path.find().answer()).isEqualTo(path.now(6, 3));
    }

    @Test
    void keyOfARejectedCommandIsFree() throws Exception {
        path.stocked(10, 1);
        Call<Answer> outdated = path.reserve(3, 1L, "key-1");
        path.log.awaitPending(1);
        path.log.findsConflict(0, others(9, 2));
        assertThat(outdated.answer()).isEqualTo(refused(VERSION_CONFLICT, others(9, 2)));
        Call<Answer> corrected = path.reserve(3, 2L, "key-1");
        path.log.awaitPending(1);
        path.log.makesDurable();
        assertThat(accepted(corrected.answer()).record()).isEqualTo(path.now(6, 3));
    }

    @ParameterizedTest(name = "newest first: {0}")
    @ValueSource(booleans = {true, false})
    void changesBuiltOnARefusedOneAreRefusedInEitherOrder(boolean newestFirst) throws Exception {
        path.stocked(10, 1);
        Call<Answer> first = path.reserve(1, 1L, null);
        path.log.awaitPending(1);
        Call<Answer> second = path.reserve(2, 2L, null);
        path.log.awaitPending(2);
        path.log.findsConflict(newestFirst ? 1 : 0, others(5, 4));
        path.log.findsConflict(0, others(5, 4));
        assertThat(first.answer()).isEqualTo(refused(VERSION_CONFLICT, others(5, 4)));
        assertThat(second.answer()).isEqualTo(refused(VERSION_CONFLICT, others(5, 4)));
        assertThat(path.find().answer()).isEqualTo(others(5, 4));
    }

    /** The second command goes on while the first one's answer is still on its way: undoing the first must spare it. */
    @ParameterizedTest(name = "newest first: {0}")
    @ValueSource(booleans = {true, false})
    void refusedChangeDoesNotUndoWhatWasDecidedAfterItsConflict(boolean newestFirst) throws Exception {
        path.stocked(10, 1);
        Call<Answer> outdated = path.reserve(1, newestFirst ? 1L : null, null);
        path.log.awaitPending(1);
        Call<Answer> goesOn = path.reserve(2, newestFirst ? null : 2L, null);
        path.log.awaitPending(2);
        Call<Answer> decidedAgain = newestFirst ? goesOn : outdated;
        Call<Answer> rejected = newestFirst ? outdated : goesOn;
        path.log.findsConflict(newestFirst ? 1 : 0, others(5, 4));
        path.log.awaitPending(2);
        path.log.findsConflict(0, others(5, 4));
        path.log.makesDurable();

        InventoryRecord sold = path.now(newestFirst ? 3 : 4, 5);
        assertThat(accepted(decidedAgain.answer()).record()).isEqualTo(sold);
        assertThat(rejected.answer()).isInstanceOf(Answer.Refused.class);
        assertThat(path.find().answer()).isEqualTo(sold);
    }

    @Test
    void commandThatAlwaysComesSecondIsTurnedAwayInTheEnd() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.reserve(3, null, null);
        for (int others = 1; others <= Commit.TRIES_MAX; others++) {
            while (path.log.pendingEvents().isEmpty()) {
                assertThat(sale.isDone())
                        .as("turned away after %d tries", others)
                        .isFalse();
                Thread.onSpinWait();
            }
            path.log.findsConflict(0, others(9, 1 + others));
        }
        assertThat(sale.failure())
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageContaining("concurrent changes");
        assertThat(path.log.pendingEvents()).isEmpty();
        assertThat(path.find().answer()).isEqualTo(others(9, 1 + Commit.TRIES_MAX));
    }

    private InventoryRecord others(long qty, long version) {
        return WritePath.record(KEY, qty, version, HeldClock.START.minusSeconds(1));
    }
}
