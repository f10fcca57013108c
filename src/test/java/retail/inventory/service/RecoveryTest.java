package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static retail.inventory.service.LoggedEvents.event;
import static retail.inventory.service.LoggedEvents.id;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.TTL;
import static retail.inventory.service.WritePath.accepted;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.checkpoint.SmallFiles;
import retail.inventory.files.Disk;
import retail.inventory.files.RealDisk;
import retail.inventory.journal.Event;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.StockKey;
import retail.inventory.table.Arrivals;
import retail.inventory.table.InventoryTable;

class RecoveryTest {

    private static final Instant LONG_AGO = HeldClock.START.minus(TTL).minusSeconds(60);
    private static final StockKey OTHER = new StockKey("STORE002", "BANK CHARGES");

    @TempDir
    private Path directory;

    private final FakeEventLog log = new FakeEventLog();
    private final HeldClock clock = new HeldClock();

    /** A service over the same directory and log as the one before it. */
    private final class Instance {
        private final InventoryTable table = new InventoryTable();
        private final Idempotency idempotency = new Idempotency(log, clock::nanoTime, TTL.toMillis(), 1000, 10_000);
        private final InventoryService service = new InventoryService(log, table, idempotency, clock, 10_000);
        private final InventoryFiles files;

        private Instance(Disk disk) {
            files = SmallFiles.create(disk, directory.resolve("inventory"), table);
        }

        private Instance() {
            this(new RealDisk());
        }

        private Recovery.Report starts() {
            try (InventoryFileWriter writer = new InventoryFileWriter(files, ImpatientBreakers.one())) {
                return new Recovery(files, log, table, idempotency).run(service, writer);
            }
        }
    }

    @Test
    void newDirectoryIsReadyAtOnce() {
        Instance process = new Instance();
        Recovery.Report report = process.starts();
        assertThat(report.skus()).isZero();
        assertThat(report.sequence()).isZero();
        assertThat(report.notes()).containsExactly("a repair of the log");
        assertThat(process.service.find(KEY)).isNull();
    }

    @Test
    void stateIsRebuiltFromTheLogAlone() {
        log.stores(event(1, KEY, 10, 1, LONG_AGO, null));
        log.stores(event(2, OTHER, 5, 1, LONG_AGO, null));
        log.stores(event(3, KEY, 7, 2, LONG_AGO.plusMillis(1), null));
        Instance process = new Instance();
        Recovery.Report report = process.starts();
        assertThat(process.service.find(KEY)).isEqualTo(WritePath.record(KEY, 7, 2, LONG_AGO.plusMillis(1)));
        assertThat(process.service.find(OTHER)).isEqualTo(WritePath.record(OTHER, 5, 1, LONG_AGO));
        assertThat(report.skus()).isEqualTo(2);
        assertThat(report.sequence()).isEqualTo(3);
        assertThat(report.events()).isEqualTo(3);
        assertThat(report.notes()).hasSize(1);
    }

    @Test
    void logIsReadFromWhereTheFilesEndAndForAsLongAsKeysAreKept() {
        log.stores(event(1, KEY, 10, 1, LONG_AGO.minus(TTL), null));
        new Instance().starts();
        log.stores(event(2, KEY, 7, 2, LONG_AGO, null));
        Instance second = new Instance();
        Recovery.Report report = second.starts();
        assertThat(log.openedAfter()).isEqualTo(1);
        assertThat(log.openedForKeysOf()).isEqualTo(TTL);
        assertThat(report.events()).isEqualTo(1);
        assertThat(report.skus()).isEqualTo(1);
        assertThat(second.service.find(KEY)).isEqualTo(WritePath.record(KEY, 7, 2, LONG_AGO));
    }

    @Test
    void eventsThatTheFilesContainChangeNothing() {
        log.stores(event(1, KEY, 10, 1, HeldClock.START, null));
        log.stores(event(2, KEY, 7, 2, HeldClock.START, null));
        new Instance().starts();
        Instance second = new Instance();
        Recovery.Report report = second.starts();
        assertThat(report.events()).isEqualTo(2);
        assertThat(report.notes()).containsExactly("a repair of the log");
        assertThat(second.service.find(KEY)).isEqualTo(WritePath.record(KEY, 7, 2, HeldClock.START));
    }

    @Test
    void damagedFileFallsBackToTheWholeLog() throws Exception {
        log.stores(event(1, KEY, 10, 1, LONG_AGO, null));
        log.stores(event(2, OTHER, 5, 1, LONG_AGO, null));
        new Instance().starts();
        Files.writeString(directory.resolve("inventory").resolve("records-000001.jsonl"), "{\"storeId\":");
        Instance second = new Instance();
        Recovery.Report report = second.starts();
        assertThat(log.openedAfter()).isZero();
        assertThat(report.notes()).anyMatch(note -> note.contains("records-000001.jsonl"));
        assertThat(second.service.find(KEY)).isEqualTo(WritePath.record(KEY, 10, 1, LONG_AGO));
        assertThat(second.service.find(OTHER)).isEqualTo(WritePath.record(OTHER, 5, 1, LONG_AGO));
    }

    /** The first file cannot be written when others have been split off from it. */
    @Test
    void failedPassOfTheFileWriterLosesNothing() throws Exception {
        Instance first = new Instance(refusingOnce("records-000001.jsonl"));
        first.files.load();
        Arrivals.advance(first.table, WritePath.record(KEY, 10, 1, LONG_AGO));
        Arrivals.advance(first.table, WritePath.record(OTHER, 5, 1, LONG_AGO));
        StockKey third = new StockKey("STORE003", "THIRD");
        Arrivals.advance(first.table, WritePath.record(third, 1, 1, LONG_AGO));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> first.files.save(() -> 2, InventoryFiles.Pace.NONE));
        first.files.save(() -> 2, InventoryFiles.Pace.NONE);
        Instance second = new Instance();
        second.starts();
        assertThat(second.service.find(KEY)).isEqualTo(WritePath.record(KEY, 10, 1, LONG_AGO));
        assertThat(second.service.find(OTHER)).isEqualTo(WritePath.record(OTHER, 5, 1, LONG_AGO));
    }

    @Test
    void gapsInTheVersionsAreReported() {
        log.stores(event(1, KEY, 10, 1, LONG_AGO, null));
        log.stores(event(5, KEY, 6, 4, LONG_AGO, null));
        log.stores(event(6, OTHER, 5, 2, LONG_AGO, null));
        Instance process = new Instance();
        List<String> notes = process.starts().notes();
        assertThat(notes)
                .containsExactly(
                        "Store STORE001, SKU SKU123: versions 2 to 3 are missing.",
                        "Store STORE002, SKU BANK CHARGES: versions 1 to 1 are missing.",
                        "a repair of the log",
                        "2 gaps in the versions of SKUs: events of them are lost.");
        assertThat(process.service.find(KEY)).isEqualTo(WritePath.record(KEY, 6, 4, LONG_AGO));
    }

    @Test
    void manyGapsAreCountedButNotAllNamed() {
        for (int i = 1; i <= 150; i++) {
            log.stores(event(i, new StockKey("STORE001", "SKU" + i), 1, 2, LONG_AGO, null));
        }
        List<String> notes = new Instance().starts().notes();
        assertThat(notes).filteredOn(note -> note.startsWith("Store ")).hasSize(100);
        assertThat(notes).anyMatch(note -> note.startsWith("150 gaps"));
    }

    @Test
    void keysAreRestoredWithTheirAnswers() {
        String asked = Fingerprint.of(new Reserve(KEY, 3, null, id(2), HeldClock.START));
        log.stores(event(1, KEY, 10, 1, LONG_AGO, null));
        log.stores(event(2, KEY, 7, 2, HeldClock.START, new Event.KeyedRequest("key-1", asked)));
        log.stores(event(3, KEY, 4, 3, HeldClock.START, null));
        Instance process = new Instance();
        process.starts();
        Answer.Accepted answer = accepted(process.service.reserve(KEY, 3, null, "key-1"));
        assertThat(answer)
                .isEqualTo(WritePath.accepted(-3, WritePath.record(KEY, 7, 2, HeldClock.START), id(2), 2, true));
        assertThat(process.service.reserve(KEY, 1, null, "key-1")).isEqualTo(new Answer.KeyReused("key-1"));
        assertThat(process.service.find(KEY)).isEqualTo(WritePath.record(KEY, 4, 3, HeldClock.START));
    }

    /** The real disk, but replacing one file fails the first time. */
    private static Disk refusingOnce(String name) {
        Disk real = new RealDisk();
        boolean[] refused = {false};
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (self, method, args) -> {
                    if (!refused[0]
                            && method.getName().equals("replaceAll")
                            && args[0].toString().contains(name)) {
                        refused[0] = true;
                        throw new IOException("no space left on device");
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
