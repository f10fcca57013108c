package retail.inventory.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.disk.Disk;
import retail.inventory.disk.ReadAhead;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.InventoryFile.DamagedFileException;
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
    private @Nullable ReadAhead<Loaded> ahead;

    /** Files of a table in a directory. */
    public InventoryFiles(Disk disk, Path directory, InventoryTable table) {
        this.disk = disk;
        this.directory = directory;
        this.table = table;
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

    /** Fills the table from the files. Damaged files are put aside; then the log has to supply everything. */
    public Loaded load() throws IOException {
        ReadAhead<Loaded> early = ahead;
        return early == null ? read() : early.get();
    }

    private Loaded read() throws IOException {
        disk.createDirectories(directory);
        disk.syncDirectory(directory); // the log lets go of what is here: no power cut may bring back older files
        List<String> problems = new ArrayList<>();
        Checkpoint checkpoint = readCheckpoint(problems);
        Map<String, List<String>> names = disk.list(directory).stream()
                .filter(InventoryFile::isName)
                .collect(Collectors.groupingBy(StoreFiles::storeOf));
        for (Map.Entry<String, List<String>> store : names.entrySet()) {
            List<InventoryRecord> records = new ArrayList<>();
            for (String name : store.getValue()) {
                load(name, records, problems);
            }
            table.load(store.getKey(), records);
        }
        long records = stores.values().stream().mapToLong(StoreFiles::records).sum();
        if (problems.isEmpty() && records < checkpoint.records()) {
            problems.add("inventory files are missing: " + records + " records of at least " + checkpoint.records()
                    + " are there");
        }
        if (problems.isEmpty()) {
            savedThrough = checkpoint.through();
            return new Loaded(checkpoint.through(), null);
        }
        return new Loaded(0, String.join("; ", problems));
    }

    private Checkpoint readCheckpoint(List<String> problems) throws IOException {
        try {
            return Checkpoint.read(disk, directory);
        } catch (DamagedFileException e) {
            problems.add(directory.resolve(Checkpoint.NAME) + " is damaged (" + e.getMessage() + ")");
            return Checkpoint.NONE;
        }
    }

    /** A start that is cut off now must read the whole log again, however many records the other files have by then. */
    private void forgetCheckpoint() throws IOException {
        disk.replace(directory.resolve(Checkpoint.NAME), Checkpoint.NONE.encode());
        disk.syncDirectory(directory);
    }

    private void load(String name, List<InventoryRecord> records, List<String> problems) throws IOException {
        Path path = directory.resolve(name);
        InventoryFile file;
        try {
            file = InventoryFile.decode(disk.read(path));
            if (!file.storeId().equals(StoreFiles.storeOf(name))) {
                throw new DamagedFileException("it is of store " + file.storeId());
            }
        } catch (DamagedFileException e) {
            forgetCheckpoint();
            Path aside = directory.resolve(name + ".damaged");
            problems.add(path + " is damaged (" + e.getMessage() + "), kept as " + aside.getFileName());
            disk.rename(path, aside);
            disk.syncDirectory(directory);
            return;
        }
        records.addAll(file.records());
        files(file.storeId()).found(file.from(), name, file.records().size());
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
