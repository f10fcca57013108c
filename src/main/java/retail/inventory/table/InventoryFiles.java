package retail.inventory.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.disk.Disk;
import retail.inventory.disk.ReadAhead;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.StoreFiles.Part;

/**
 * The table as files, so that a start need not read the whole log: {@code inventory/<store>.json}, for a big store also
 * {@code <store>~1.json} and so on, and one checkpoint over all of them. Files hold durable records only. Not
 * thread-safe: one thread loads, then one saves; any may ask what is saved.
 */
public final class InventoryFiles {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryFiles.class);

    /** A file is split when it has twice this many records: about 100 KB are rewritten for one sale. */
    static final int RECORDS_PER_FILE = 1000;

    private final Disk disk;
    private final Path directory;
    private final InventoryTable table;
    private final Map<String, StoreFiles> stores = new HashMap<>();
    private volatile long savedThrough = -1;
    private final BooleanSupplier mayWrite;
    private @Nullable ReadAhead<Loaded> ahead;
    private long loadedThrough;

    /** Files of a table in a directory that no other process writes. */
    public InventoryFiles(Disk disk, Path directory, InventoryTable table) {
        this(disk, directory, table, () -> true);
    }

    /**
     * Files of a table in a directory that one of several processes writes.
     *
     * @param mayWrite whether this is the one; one that becomes it later has to {@link #takeOver}
     */
    public InventoryFiles(Disk disk, Path directory, InventoryTable table, BooleanSupplier mayWrite) {
        this.disk = disk;
        this.directory = directory;
        this.table = table;
        this.mayWrite = mayWrite;
    }

    /**
     * What was loaded.
     *
     * @param through the log has to be read after this sequence; 0 = all of it
     * @param problem why the files were not enough, when they were not; else null
     */
    public record Loaded(long through, @Nullable String problem) {}

    /** Every event up to this sequence is in the files, as far as this process knows; 0 = none. */
    public long savedThrough() {
        return Math.max(0, savedThrough);
    }

    /** Begins to {@link #load}, on a thread of its own, while others start. */
    public void readAhead() {
        ahead = new ReadAhead<>("inventory-read-ahead", this::read);
    }

    /**
     * Fills the table from the files. The process that may write them puts damaged ones aside, any other changes nothing;
     * either way the log has to supply everything then.
     */
    public Loaded load() throws IOException {
        ReadAhead<Loaded> early = ahead;
        Loaded loaded = early == null ? read() : early.get();
        loadedThrough = loaded.through();
        return loaded;
    }

    private Loaded read() throws IOException {
        if (!mayWrite.getAsBoolean()) {
            return new SavedRecords(disk, directory).loadInto(table);
        }
        Loaded loaded = new OwnedFiles(disk, directory).read((files, records) -> {
            stores.put(files.storeId(), files);
            table.load(files.storeId(), records);
        });
        savedThrough = loaded.problem() == null ? loaded.through() : -1;
        return loaded;
    }

    /**
     * Makes this process the one that saves, after another one that may have died in the middle of it. The table must
     * have everything that was durable when that one ended, or files would go back in time.
     *
     * <p>Which files there are is read again, for they may have been split since this process loaded them. What is in
     * them need not be compared: a row that is not due has not changed since this process loaded it from a file, and from
     * then on whoever saved had at least what that file had. So the rows that are due are all that the files may lack, and
     * many that they do not. That does not hold when a process has put files aside and died before it had written them
     * again. It forgot the checkpoint first, so a checkpoint that has not gone back tells that this is not so; otherwise
     * all rows are due.
     *
     * @param durable the durable sequence of the log, of which the table has everything
     */
    public void takeOver(long durable) throws IOException {
        stores.clear();
        Loaded found = new OwnedFiles(disk, directory).read((files, records) -> stores.put(files.storeId(), files));
        if (found.through() > durable) {
            throw new IOException("the inventory files go through sequence " + found.through()
                    + ", the log is read only" + " through " + durable);
        }
        if (found.problem() != null) {
            LOG.warn("The inventory files are written anew: {}", found.problem());
        }
        if (found.through() == 0 || found.through() < loadedThrough) {
            table.allDirty();
        }
        savedThrough = found.problem() == null ? found.through() : -1;
    }

    /**
     * Writes the files of all rows that changed since the last time, then the checkpoint. When it fails, the rows stay
     * due and the checkpoint stays old.
     *
     * @param durable tells the durable sequence of the log
     * @param pace is told after each file how many nanoseconds it took, to rest before the next one
     * @return how many files were written
     */
    public int save(LongSupplier durable, LongConsumer pace) throws IOException {
        long through = durable.getAsLong();
        List<SkuRow> changed = table.takeDirty();
        if (changed.isEmpty() && through == savedThrough) {
            return 0;
        }
        try {
            int files = saveParts(changed, through, pace);
            disk.syncDirectory(directory);
            long records =
                    stores.values().stream().mapToLong(StoreFiles::records).sum();
            disk.replace(directory.resolve(Checkpoint.NAME), new Checkpoint(through, records).encode());
            disk.syncDirectory(directory);
            savedThrough = through;
            return files;
        } catch (IOException | RuntimeException e) {
            changed.forEach(SkuRow::captureFailed);
            throw e;
        }
    }

    private int saveParts(List<SkuRow> changed, long through, LongConsumer pace) throws IOException {
        Map<String, Set<Part>> due = new LinkedHashMap<>();
        for (SkuRow row : changed) {
            Part part = files(row.storeId()).partOf(row.sku());
            due.computeIfAbsent(row.storeId(), id -> new LinkedHashSet<>()).add(part);
        }
        int written = 0;
        for (Map.Entry<String, Set<Part>> store : due.entrySet()) {
            StoreFiles files = files(store.getKey());
            for (Part part : store.getValue()) {
                long start = System.nanoTime();
                written += save(files, store.getKey(), part, through);
                pace.accept(System.nanoTime() - start);
            }
        }
        LOG.debug("Wrote {} inventory files through sequence {}", written, through);
        return written;
    }

    /**
     * Parts are split off from the end, each durable under its name before the part that it shortens is written: at every
     * moment each file has all records of its range, and a crash finds a record twice, never none.
     */
    private int save(StoreFiles files, String storeId, Part part, long through) throws IOException {
        List<InventoryRecord> records = LiveRecords.durable(table.shelf(storeId).range(part.from(), files.endOf(part)));
        int kept = records.size() > 2 * RECORDS_PER_FILE ? RECORDS_PER_FILE : records.size();
        int written = 1;
        for (int end = records.size(); end > kept; ) {
            int from = (end - 1) / RECORDS_PER_FILE * RECORDS_PER_FILE;
            List<InventoryRecord> chunk = records.subList(from, end);
            write(files, files.split(chunk.getFirst().key().sku()), storeId, through, chunk);
            disk.syncDirectory(directory);
            written++;
            end = from;
        }
        write(files, part, storeId, through, records.subList(0, kept));
        return written;
    }

    private void write(StoreFiles files, Part part, String storeId, long through, List<InventoryRecord> records)
            throws IOException {
        InventoryFile file = new InventoryFile(storeId, part.from(), through, records);
        disk.replace(directory.resolve(part.name()), file.encode());
        files.written(part, records.size());
    }

    private StoreFiles files(String storeId) {
        return stores.computeIfAbsent(storeId, StoreFiles::new);
    }
}
