package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.service.WritePath.refused;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.UNKNOWN_SKU;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.SkuRow;

/** What the log takes back, nobody has seen, and nothing is left of it. */
class RollbackTest {

    private final WritePath path = new WritePath();

    @Test
    void rejectionIsDecidedAgainAndBecomesAnAcceptance() throws Exception {
        path.stocked(10, 1);
        Call<Answer> lost = path.pendingReserve(10, 1);
        Call<Answer> waiting = path.reserve(1).awaitWaiting();
        path.log.losesTheOnlyOne();
        assertThat(lost.failure()).isInstanceOf(OutcomeUnknownException.class);
        path.log.awaitPending(1);
        path.log.makesDurable();
        assertThat(accepted(waiting.answer()).record()).isEqualTo(path.now(9, 2));
    }

    @Test
    void readShowsTheStateBefore() throws Exception {
        InventoryRecord before = path.stocked(10, 1);
        path.pendingReserve(10, 1);
        Call<@Nullable InventoryRecord> read = path.find().awaitWaiting();
        path.log.losesTheOnlyOne();
        assertThat(read.answer()).isEqualTo(before);
    }

    @Test
    void severalPendingChangesOfOneSkuLeadBackToTheDurableState() throws Exception {
        InventoryRecord before = path.stocked(10, 1);
        List<Call<Answer>> lost = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            lost.add(path.pendingReserve(i, i));
        }
        Call<@Nullable InventoryRecord> read = path.find().awaitWaiting();
        path.log.fails();
        for (Call<Answer> call : lost) {
            assertThat(call.failure()).isInstanceOf(OutcomeUnknownException.class);
        }
        assertThat(read.answer()).isEqualTo(before);
        assertThat(path.find().answer()).isEqualTo(before);

        path.log.worksAgain();
        Call<Answer> all = path.pendingReserve(10, 1);
        path.log.makesDurable();
        assertThat(accepted(all.answer()).record()).isEqualTo(path.now(0, 2));
    }

    @Test
    void whatWasDurableBeforeTheFailureStays() throws Exception {
        path.stocked(10, 1);
        Call<Answer> kept = path.pendingReserve(1, 1);
        Call<Answer> lost = path.pendingReserve(2, 2);
        path.pendingReserve(3, 3);
        path.log.makesDurable();
        path.log.fails();
        assertThat(accepted(kept.answer()).record()).isEqualTo(path.now(9, 2));
        assertThat(lost.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(path.find().answer()).isEqualTo(path.now(9, 2));
        assertThat(path.reserve(10).answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -10, path.now(9, 2)));
    }

    @Test
    void lostSkuIsUnknownAgain() throws Exception {
        Call<Answer> delivery = path.adjust(5);
        path.log.awaitPending(1);
        Call<Answer> sale = path.reserve(6).awaitWaiting();
        Call<@Nullable InventoryRecord> read = path.find().awaitWaiting();
        assertThat(path.table.size()).isEqualTo(1);
        path.log.losesTheOnlyOne();
        assertThat(delivery.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(sale.answer()).isEqualTo(refused(UNKNOWN_SKU, -6, null));
        assertThat(read.answer()).isNull();
        assertThat(path.service.page(KEY.storeId(), null, 10)).isNull();
        assertThat(path.table.size()).isZero();
    }

    @Test
    void refusedAppendLeavesTheRowAsItWas() throws Exception {
        InventoryRecord before = path.stocked(10, 1);
        for (Cause cause : Cause.values()) {
            path.log.refuses(new LogUnavailableException(cause, "not now"));
            assertThat(path.reserve(3).failure()).isInstanceOf(ServiceUnavailableException.class);
            assertThat(path.find().answer()).isEqualTo(before);
        }
        path.log.worksAgain();
        Call<Answer> sale = path.pendingReserve(10, 1);
        path.log.makesDurable();
        assertThat(accepted(sale.answer()).record()).isEqualTo(path.now(0, 2));
    }

    @Test
    void refusedAppendLeavesAnUnknownSkuUnknown() throws Exception {
        path.log.refuses(new LogUnavailableException(Cause.FULL, "not now"));
        assertThat(path.adjust(5).failure())
                .isInstanceOfSatisfying(
                        ServiceUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(ServiceUnavailableException.Reason.OVERLOADED));
        assertThat(path.find().answer()).isNull();
        assertThat(path.service.page(KEY.storeId(), null, 10)).isNull();
        assertThat(path.table.size()).isZero();
        assertThat(path.reserve(1).answer()).isEqualTo(refused(UNKNOWN_SKU, -1, null));
    }

    @Test
    void refusedAppendKeepsTheFateOfTheChangeBefore() throws Exception {
        path.stocked(10, 1);
        Call<Answer> pending = path.pendingReserve(3, 1);
        path.log.refuses(new LogUnavailableException(Cause.FULL, "not now"));
        assertThat(path.reserve(1).failure()).isInstanceOf(ServiceUnavailableException.class);
        Call<@Nullable InventoryRecord> read = path.find().awaitWaiting();
        path.log.makesDurable();
        assertThat(read.answer()).isEqualTo(path.now(7, 2));
        assertThat(accepted(pending.answer()).record()).isEqualTo(path.now(7, 2));
    }

    /** A change that no log will ever answer for would make every later read of the SKU wait in vain. */
    @Test
    void appendThatEndsInAnErrorLeavesTheRowAsItWas() throws Exception {
        InventoryRecord before = path.stocked(10, 1);
        path.log.refuses(new OutOfMemoryError("a test"));
        assertThat(path.reserve(3).failure()).isInstanceOf(OutOfMemoryError.class);
        assertThat(path.find().answer()).isEqualTo(before);
    }

    /** On a hot SKU there is always a next change before the last one is durable, for as long as the process lives. */
    @Test
    void settledChangesOfAHotSkuAreNotKeptInMemory() {
        path.stocked(100, 1);
        SkuRow row = path.table.findOrCreate(KEY);
        List<WeakReference<Object>> settled = new ArrayList<>();
        path.pendingReserve(1, 1);
        for (int i = 0; i < 5; i++) {
            settled.add(new WeakReference<>(row.snapshot().commit()));
            path.pendingReserve(1, 2);
            path.log.makesDurable();
        }
        List<Event> stillPending = path.log.pendingEvents();
        assertThat(stillPending).hasSize(1);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(settled.subList(0, 3)).allMatch(reference -> reference.get() == null);
        });
    }
}
