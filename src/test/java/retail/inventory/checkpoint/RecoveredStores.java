package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.files.Disk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.service.Answer;
import retail.inventory.service.Idempotency;
import retail.inventory.service.InventoryService;
import retail.inventory.service.Recovery;
import retail.inventory.stock.Hold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.InventoryTable;

/** The stores' part of the service on a disk, recovered as a start does it: inventory files, then the log after them. */
final class RecoveredStores implements AutoCloseable {

    private static final Path DATA = Path.of("/data");
    static final Path FILES = DATA.resolve("inventory");
    private static final Duration KEY_TTL = Duration.ofMinutes(5);
    private static final FileEventLog.Options SMALL_SEGMENTS =
            new FileEventLog.Options(500, 1 << 20, 1, false, Duration.ZERO);

    private final FileEventLog log;
    private final InventoryTable table = new InventoryTable();
    private final InventoryFiles files;
    private final InventoryService service;
    private final List<String> notes;

    /**
     * Stores that are ready.
     *
     * @param now when they start; events older than five minutes are read from the log only when the files lack them
     */
    RecoveredStores(Disk disk, Instant now) {
        log = new FileEventLog(disk, DATA.resolve("wal"), SMALL_SEGMENTS, (reason, place, bytes) -> {
            throw new AssertionError("nothing is quarantined: " + reason);
        });
        InstantSource clock = InstantSource.fixed(now);
        files = SmallFiles.create(disk, FILES, table);
        Idempotency idempotency = new Idempotency(log, System::nanoTime, KEY_TTL.toMillis(), 100, 10_000);
        service = new InventoryService(log, table, idempotency, clock, 10_000);
        // a test says when files are written, so the writer that recovery starts gets a table of its own
        InventoryFiles nothing = new InventoryFiles(new SimDisk(), DATA, new InventoryTable());
        InventoryFileWriter idle = new InventoryFileWriter(nothing, ImpatientBreakers.one());
        try {
            notes = new Recovery(files, log, table, idempotency)
                    .run(service, idle)
                    .notes();
        } catch (RuntimeException e) {
            log.close();
            throw e;
        } finally {
            idle.close();
        }
    }

    void deliver(String storeId, String sku, int amount) {
        Answer answer = service.adjust(new StockKey(storeId, sku), amount, null, null);
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
    }

    InventoryService service() {
        return service;
    }

    /** Every hold that is remembered, as its latest event left it, by id. */
    NavigableMap<String, Hold> holds() {
        TreeMap<String, Hold> holds = new TreeMap<>();
        table.holds().all().forEach(row -> holds.put(row.id(), row.durable()));
        return holds;
    }

    void save() throws IOException {
        files.save(log::durableSequence, InventoryFiles.Pace.NONE);
    }

    /** Deletes the part of the log that the files have. */
    void compact() {
        log.release(files.savedThrough(), Duration.ZERO, nanos -> {});
    }

    /** What a person is told of the start. */
    List<String> notes() {
        return notes;
    }

    /** Every record of some stores. */
    NavigableMap<String, InventoryRecord> stock(Collection<String> stores) {
        TreeMap<String, InventoryRecord> stock = new TreeMap<>();
        for (String store : stores) {
            List<InventoryRecord> page = service.page(store, null, 1000);
            if (page != null) {
                page.forEach(record -> stock.put(store + "/" + record.key().sku(), record));
            }
        }
        assertThat(table.size()).as("records of all stores").isEqualTo(stock.size());
        return stock;
    }

    @Override
    public void close() {
        log.close();
    }
}
