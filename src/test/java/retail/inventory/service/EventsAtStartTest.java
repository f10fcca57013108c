package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static retail.inventory.service.LoggedEvents.event;
import static retail.inventory.service.LoggedEvents.id;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.TTL;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.checkpoint.SmallFiles;
import retail.inventory.files.RealDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;
import retail.inventory.table.InventoryTable;

/** Events that a start reads and what it does with those that it cannot apply. */
class EventsAtStartTest {

    private static final Instant LONG_AGO = HeldClock.START.minus(TTL).minusSeconds(60);
    private static final StockKey OTHER = new StockKey("STORE002", "BANK CHARGES");

    @TempDir
    private Path directory;

    private final FakeEventLog log = new FakeEventLog();
    private final HeldClock clock = new HeldClock();
    private final InventoryTable table = new InventoryTable();
    private final Idempotency idempotency = new Idempotency(log, clock::nanoTime, TTL.toMillis(), 1000, 10_000);
    private final InventoryService service = new InventoryService(log, table, idempotency, clock, 10_000);

    private void start() {
        InventoryFiles files = SmallFiles.create(new RealDisk(), directory.resolve("inventory"), table);
        try (InventoryFileWriter writer = new InventoryFileWriter(files, ImpatientBreakers.one())) {
            new Recovery(files, log, table, idempotency).run(service, writer);
        }
    }

    @Test
    void eventOfAnUnknownTypeStopsTheStart() {
        log.stores(event(1, KEY, 10, 1, LONG_AGO, null));
        log.stores(
                Events.event(2, id(2), LONG_AGO.toEpochMilli(), "TRANSFER", "STORE001", "SKU123", 1, null, 9, 2, null));
        assertThatExceptionOfType(LogDamagedException.class)
                .isThrownBy(this::start)
                .withMessageContaining("sequence 2")
                .withMessageContaining("TRANSFER");
        assertThatExceptionOfType(ServiceUnavailableException.class).isThrownBy(() -> service.find(KEY));
    }

    @Test
    void resultThatIsNotTheSumStopsTheStartAndIsNamed() {
        log.stores(event(1, KEY, 10, 1, LONG_AGO, null));
        log.stores(event(2, KEY, 8, 2, LONG_AGO, null)); // it took 3
        assertThatExceptionOfType(LogDamagedException.class)
                .isThrownBy(this::start)
                .withMessageContaining("sequence 2, store STORE001, SKU SKU123")
                .withMessageContaining("10 and a change by -3 are not 8");
    }

    @Test
    void eventAboutSeveralSkusIsAppliedWhole() {
        Movements both = Movements.of(List.of(new Movement(KEY, 10, 10, 1), new Movement(OTHER, 5, 5, 1)));
        log.stores(new Event(1, id(1), LONG_AGO.toEpochMilli(), Event.ADJUST, both, null, Cause.NONE, null, null));
        start();
        assertThat(service.find(KEY)).isEqualTo(WritePath.record(KEY, 10, 1, LONG_AGO));
        assertThat(service.find(OTHER)).isEqualTo(WritePath.record(OTHER, 5, 1, LONG_AGO));
    }

    @Test
    void eventWithImpossibleValuesStopsTheStartAndIsNamed() {
        log.stores(event(1, KEY, -1, 1, LONG_AGO, null));
        assertThatExceptionOfType(LogDamagedException.class)
                .isThrownBy(this::start)
                .withMessageContaining("sequence 1");
    }
}
