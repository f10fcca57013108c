package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;
import static retail.inventory.service.WritePath.refused;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.UNKNOWN_SKU;
import static retail.inventory.stock.Decision.Reason.VERSION_CONFLICT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.history.History;
import retail.inventory.history.RecordedService;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

class InventoryServiceTest {

    private static final StockKey OTHER = new StockKey("STORE001", "SKU124");

    private final WritePath path = new WritePath();

    @Test
    void answersAChangeOnlyWhenItIsDurable() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.pendingReserve(3, 1);
        Event event = path.log.pendingEvents().getFirst();
        path.log.makesDurable();
        assertThat(sale.answer()).isEqualTo(accepted(-3, path.now(7, 2), event.eventId(), 1, false));
    }

    /** There may be millions of rows, and each that keeps its last change keeps an object for it. */
    @Test
    void rowForgetsTheFateOfADurableChange() throws Exception {
        path.stocked(10, 1);
        Call<Answer> sale = path.pendingReserve(3, 1);
        assertThat(path.table.findOrCreate(KEY).snapshot().commit()).isNotNull();
        path.log.makesDurable();
        sale.answer();
        assertThat(path.table.findOrCreate(KEY).snapshot().commit()).isNull();
    }

    @Test
    void eventSaysWhatWasAskedAndWhatCameOfIt() throws Exception {
        path.stocked(10, 7);
        Call<Answer> sale = path.reserve(3, 7L, "key-1");
        Event event = path.log.awaitPending(1).getFirst();
        assertThat(event.type()).isEqualTo(Event.RESERVE);
        assertThat(event.movement().key()).isEqualTo(KEY);
        assertThat(Events.amount(event)).isEqualTo(3);
        assertThat(event.expectedVersion()).isEqualTo(7);
        assertThat(event.movement().qty()).isEqualTo(7);
        assertThat(event.movement().version()).isEqualTo(8);
        assertThat(event.atMs()).isEqualTo(HeldClock.START.toEpochMilli());
        Reserve asked = new Reserve(KEY, 3, 7L, event.eventId(), path.clock.instant());
        assertThat(event.request()).isEqualTo(new Event.KeyedRequest("key-1", Fingerprint.of(asked)));
        path.log.makesDurable();
        assertThat(accepted(sale.answer()).record()).isEqualTo(path.now(7, 8));
    }

    @Test
    void readWaitsForWhatItSaw() throws Exception {
        path.stocked(10, 1);
        path.pendingReserve(3, 1);
        Call<@Nullable InventoryRecord> read = path.find().awaitWaiting();
        path.log.makesDurable();
        assertThat(read.answer()).isEqualTo(path.now(7, 2));
    }

    @Test
    void readOfDurableStockDoesNotWaitForOtherSkus() throws Exception {
        path.stocked(10, 1);
        InventoryRecord other = path.stocked(OTHER, 5, 1);
        path.pendingReserve(3, 1);
        assertThat(Call.of(() -> path.service.find(OTHER)).answer()).isEqualTo(other);
    }

    @Test
    void rejectionWaitsForWhatItSaw() throws Exception {
        path.stocked(10, 1);
        path.pendingReserve(10, 1);
        Call<Answer> tooLate = path.reserve(1).awaitWaiting();
        Call<Answer> outdated = path.reserve(1, 1L, null).awaitWaiting();
        path.log.makesDurable();
        assertThat(tooLate.answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -1, path.now(0, 2)));
        assertThat(outdated.answer()).isEqualTo(refused(VERSION_CONFLICT, -1, path.now(0, 2)));
    }

    @Test
    void rejectionOnDurableStockIsGivenAtOnce() throws Exception {
        InventoryRecord stock = path.stocked(10, 1);
        assertThat(path.reserve(11).answer()).isEqualTo(refused(INSUFFICIENT_STOCK, -11, stock));
    }

    @Test
    void rejectedUnknownSkuLeavesNothingBehind() throws Exception {
        assertThat(path.reserve(1).answer()).isEqualTo(refused(UNKNOWN_SKU, -1, null));
        assertThat(path.adjust(-1).answer()).isEqualTo(refused(UNKNOWN_SKU, -1, null));
        assertThat(path.table.find(KEY)).isNull();
        assertThat(path.service.find(KEY)).isNull();
    }

    @Test
    void nextCommandOnTheSameSkuDoesNotWaitForTheDisk() throws Exception {
        path.stocked(10, 1);
        Call<Answer> first = path.pendingReserve(3, 1);
        path.clock.shows(Duration.ofMillis(5));
        Call<Answer> second = path.pendingReserve(4, 2);
        assertThat(path.log.pendingEvents())
                .extracting(event -> event.movement().qty())
                .containsExactly(7L, 3L);

        path.log.makesDurable();
        assertThat(accepted(first.answer()).sequence()).isEqualTo(1);
        second.awaitWaiting();
        Call<@Nullable InventoryRecord> read = path.find().awaitWaiting();

        path.log.makesDurable();
        assertThat(accepted(second.answer()).record()).isEqualTo(path.now(3, 3));
        assertThat(accepted(second.answer()).sequence()).isEqualTo(2);
        assertThat(read.answer()).isEqualTo(path.now(3, 3));
    }

    @Test
    void fiftyReservationsAtOnceSellTheTenThatAreThere() throws Exception {
        path.stocked(10, 1);
        History history = new History();
        history.given(KEY.toString(), 1, 10);
        RecordedService service = new RecordedService(path.service, history);
        CountDownLatch start = new CountDownLatch(1);
        List<Call<@Nullable Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(Call.<@Nullable Answer>of(() -> {
                awaitUninterrupted(start);
                return service.change(KEY, -1, null, null);
            }));
        }
        start.countDown();
        path.log.makesDurable(10);
        int accepted = 0;
        for (Call<@Nullable Answer> call : calls) {
            switch (call.answer()) {
                case null -> throw new AssertionError("a request has no answer");
                case Answer.Accepted yes -> accepted++;
                case Answer.Refused no -> assertThat(no.rejection().reason()).isEqualTo(INSUFFICIENT_STOCK);
                case Answer.Already none -> throw new AssertionError("no hold was asked for");
                case Answer.KeyReused none -> throw new AssertionError("there was no key");
            }
        }
        assertThat(accepted).isEqualTo(10);
        assertThat(service.version(KEY)).isEqualTo(11);
        history.requireValid();
        assertThat(path.service.find(KEY)).isEqualTo(path.now(0, 11));
        assertThat(path.log.pendingEvents()).isEmpty();
    }

    @Test
    void pageShowsOnlyDurableRecordsInOrder() throws Exception {
        path.stocked(10, 1);
        InventoryRecord other = path.stocked(OTHER, 5, 1);
        path.pendingReserve(3, 1);
        Call<@Nullable List<InventoryRecord>> page = Call.<@Nullable List<InventoryRecord>>of(
                        () -> path.service.page("STORE001", null, 10))
                .awaitWaiting();
        path.log.makesDurable();
        assertThat(page.answer()).containsExactly(path.now(7, 2), other);
        assertThat(path.service.page("STORE001", null, 1)).containsExactly(path.now(7, 2));
        assertThat(path.service.page("STORE001", KEY.sku(), 10)).containsExactly(other);
        assertThat(path.service.page("STORE001", OTHER.sku(), 10)).isEmpty();
        assertThat(path.service.page("STORE002", null, 10)).isNull();
    }

    @Test
    void refusesEverythingBeforeItIsStarted() {
        var service = new InventoryService(path.log, path.table, path.idempotency, path.clock, 1000);
        path.stocked(10, 1);
        List<Runnable> requests = List.of(
                () -> service.find(KEY),
                () -> service.page("STORE001", null, 1),
                () -> service.adjust(KEY, 1, null, "key-1"),
                () -> service.reserve(KEY, 1, null, null));
        for (Runnable request : requests) {
            assertThatExceptionOfType(ServiceUnavailableException.class)
                    .isThrownBy(request::run)
                    .extracting(ServiceUnavailableException::reason)
                    .isEqualTo(ServiceUnavailableException.Reason.STARTING);
        }
        assertThat(path.idempotency.size()).isZero();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts requests here", e);
        }
    }
}
