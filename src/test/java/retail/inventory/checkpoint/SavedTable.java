package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.files.SimDisk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.Arrivals;
import retail.inventory.table.Commit;
import retail.inventory.table.InventoryTable;
import retail.inventory.table.SkuRow;

/** A table, its files on a simulated disk, and as the oracle a list that stands for the durable log. */
public final class SavedTable {

    static final Path DIRECTORY = Path.of("/data/inventory");

    /** The file that is there first, with the first records, and the first that was split off from it. */
    static final String FIRST = "records-000001.jsonl";

    static final String SECOND = "records-000002.jsonl";
    static final String THIRD = "records-000003.jsonl";

    private final List<InventoryRecord> log;
    private final int recordsPerFile;
    private final InventoryTable table = new InventoryTable();
    private final InventoryFiles files;
    private final InventoryFiles.Loaded loaded;

    private boolean mayWrite;
    private int known;

    private SavedTable(Disk disk, List<InventoryRecord> log, boolean mayWrite, int recordsPerFile) throws IOException {
        this.log = log;
        this.recordsPerFile = recordsPerFile;
        this.mayWrite = mayWrite;
        this.files = new InventoryFiles(disk, DIRECTORY, table, () -> this.mayWrite, recordsPerFile, 1000);
        this.loaded = files.load();
        assertThat(loaded.through()).as("claimed by the files").isBetween(0L, (long) log.size());
        this.known = (int) loaded.through();
        catchUp();
    }

    /** Reads what is new in the log, whoever wrote it. */
    SavedTable catchUp() {
        for (InventoryRecord record : log.subList(known, log.size())) {
            Arrivals.advance(table, record);
        }
        known = log.size();
        return this;
    }

    static SavedTable empty(SimDisk disk) throws IOException {
        return new SavedTable(disk, new ArrayList<>(), true, InventoryFiles.RECORDS_PER_FILE);
    }

    /** With files so small that three records need several: one for each, but the first may keep two. */
    static SavedTable inSmallFiles(SimDisk disk) throws IOException {
        return new SavedTable(disk, new ArrayList<>(), true, 1);
    }

    /** The same, with so many records a file. */
    static SavedTable inFilesOf(int recordsPerFile, SimDisk disk) throws IOException {
        return new SavedTable(disk, new ArrayList<>(), true, recordsPerFile);
    }

    /** A new process on what a disk has, with the same log. */
    SavedTable restart(SimDisk disk) throws IOException {
        return new SavedTable(disk, new ArrayList<>(log), true, recordsPerFile);
    }

    /** One more process on the disk and the log of this one, which may not write the files. */
    SavedTable beside(Disk disk) throws IOException {
        return new SavedTable(disk, log, false, recordsPerFile);
    }

    /** One more process on the disk and the log of this one, which may. */
    SavedTable after(SimDisk disk) throws IOException {
        return new SavedTable(disk, log, true, recordsPerFile);
    }

    /** This process is the one that writes the files from now on. */
    SavedTable takeOver() throws IOException {
        catchUp();
        mayWrite = true;
        files.takeOver(durable());
        return this;
    }

    InventoryTable table() {
        return table;
    }

    InventoryFiles.Loaded loaded() {
        return loaded;
    }

    /** The files name a log from now on. */
    SavedTable of(String logId) {
        files.belongTo(() -> logId);
        return this;
    }

    /** How far in which logs the files went that it loaded. */
    Map<String, Long> positions() {
        return files.positions();
    }

    /** A durable change. */
    SavedTable change(String storeId, String sku) {
        return change(storeId, sku, null);
    }

    /** A change that is in the log, with a fate of its own. */
    SavedTable change(String storeId, String sku, @Nullable Commit fate) {
        catchUp();
        SkuRow row = table.findOrCreate(new StockKey(storeId, sku));
        InventoryRecord seen = row.snapshot().record();
        InventoryRecord next = next(row, seen);
        row.holding(now -> {
            row.apply(next, fate);
            return now;
        });
        log.add(next);
        known = log.size();
        return this;
    }

    private static InventoryRecord next(SkuRow row, @Nullable InventoryRecord seen) {
        long version = seen == null ? 1 : seen.version() + 1;
        return new InventoryRecord(
                new StockKey(row.storeId(), row.sku()),
                10 * version,
                version,
                Instant.ofEpochMilli(1_700_000_000_000L));
    }

    static String sku(int number) {
        return String.format(Locale.ROOT, "S%05d", number);
    }

    SavedTable changeMany(String storeId, int from, int to) {
        for (int i = from; i < to; i++) {
            change(storeId, sku(i));
        }
        return this;
    }

    InventoryFiles files() {
        return files;
    }

    /** The durable sequence. */
    long durable() {
        return log.size();
    }

    int save() throws IOException {
        return files.save(this::durable, InventoryFiles.Pace.NONE);
    }

    /** What the log says. */
    NavigableMap<String, InventoryRecord> expected() {
        TreeMap<String, InventoryRecord> records = new TreeMap<>();
        log.forEach(record ->
                records.put(record.key().storeId() + "/" + record.key().sku(), record));
        return records;
    }

    /** What the table has. */
    NavigableMap<String, InventoryRecord> held() {
        TreeMap<String, InventoryRecord> records = new TreeMap<>();
        for (InventoryRecord record : log) {
            SkuRow row = table.find(record.key());
            InventoryRecord now = row == null ? null : row.snapshot().record();
            if (now != null) {
                records.put(record.key().storeId() + "/" + record.key().sku(), now);
            }
        }
        return records;
    }

    void requireWhole(String when) {
        NavigableMap<String, InventoryRecord> missing = expected();
        missing.entrySet().removeAll(held().entrySet());
        assertThat(missing.keySet().stream().limit(5))
                .as("records that are lost or old " + when)
                .isEmpty();
    }
}
