package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.files.ReadAhead;
import retail.inventory.table.InventoryTable;
import retail.inventory.table.SkuRow;

/**
 * The table as files, so that a start need not read the whole log: {@code inventory/records-000001.jsonl} and so on, each
 * with a range of stores and SKUs, and one checkpoint over all of them. Files hold durable records only. Not thread-safe:
 * one thread loads, then one saves; any may ask what is saved.
 */
public final class InventoryFiles {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryFiles.class);

    /** A file is split when it has more than twice as many: about 100 KB are rewritten for one sale, 200 at most. */
    static final int RECORDS_PER_FILE = 1000;

    private final Disk disk;
    private final Path directory;
    private final InventoryTable table;
    private final BooleanSupplier mayWrite;
    private final int recordsPerFile;
    private final long holdFileBytes;
    private RangeWriter writer;
    private HoldFiles holdFiles;

    /** Files of an earlier version that are there until all records are in files of this one. */
    private List<String> ofFormat1 = new ArrayList<>();

    /** The log that all files name; null when they do not. */
    private @Nullable String namedLog;

    private Map<String, Long> positions = Map.of();
    private Supplier<@Nullable String> logId = () -> null;
    private volatile long savedThrough = -1;
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
        this(disk, directory, table, mayWrite, RECORDS_PER_FILE, HoldFiles.FILE_BYTES);
    }

    /** Whether this process is the one that writes them. */
    public boolean mayWrite() {
        return mayWrite.getAsBoolean();
    }

    InventoryFiles(
            Disk disk,
            Path directory,
            InventoryTable table,
            BooleanSupplier mayWrite,
            int recordsPerFile,
            long holdFileBytes) {
        this.disk = disk;
        this.directory = directory;
        this.table = table;
        this.mayWrite = mayWrite;
        this.recordsPerFile = recordsPerFile;
        this.holdFileBytes = holdFileBytes;
        this.writer = writerOf(new FileRanges());
        this.holdFiles = new HoldFiles(disk, directory, table.holds(), holdFileBytes);
    }

    /** Is told of what was written, to rest before there is more. */
    @FunctionalInterface
    public interface Pace {

        /** Nobody waits for anything else. */
        Pace NONE = (bytes, nanos) -> {};

        /** Called after some files with their bytes and how many nanoseconds they took. */
        void wrote(long bytes, long nanos);
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

    /** How far in which log the files go that were loaded, as far as they say: all these have to be the log's that follows. */
    public Map<String, Long> positions() {
        return positions;
    }

    /** Files name a log from now on: {@link #save} writes anew those that name none, or an earlier one which it continues. */
    public void belongTo(Supplier<@Nullable String> log) {
        logId = log;
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
        OwnedFiles owned = new OwnedFiles(disk, directory);
        TableLoader loader = new TableLoader(table);
        Loaded loaded = owned.read(loader::take);
        loader.finish();
        owned.holds().fill(table.holds());
        own(owned, loaded);
        return loaded;
    }

    private void own(OwnedFiles owned, Loaded found) {
        writer = writerOf(owned.ranges());
        ofFormat1 = owned.ofFormat1();
        positions = owned.positions();
        namedLog = owned.logId();
        if (!ofFormat1.isEmpty()) {
            LOG.info("{} inventory files of an earlier version are brought into the present format", ofFormat1.size());
            table.allDirty();
        }
        holdFiles = new HoldFiles(disk, directory, table.holds(), holdFileBytes);
        holdFiles.own(owned.holds(), owned.names(), found.problem() == null);
        savedThrough = found.problem() == null ? found.through() : -1;
    }

    private RangeWriter writerOf(FileRanges ranges) {
        return new RangeWriter(disk, directory, table, recordsPerFile, ranges);
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
        OwnedFiles owned = new OwnedFiles(disk, directory);
        Loaded found = owned.read(records -> {});
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
        own(owned, found);
    }

    /**
     * Writes the files of all rows that changed since the last time, then the checkpoint. When it fails, the rows stay
     * due and the checkpoint stays old.
     *
     * @param durable tells the durable sequence of the log
     * @return how many files were written
     */
    public int save(LongSupplier durable, Pace pace) throws IOException {
        String log = logId.get();
        if (log != null && !log.equals(namedLog)) {
            table.allDirty();
        }
        long through = durable.getAsLong();
        List<SkuRow> changed = table.takeDirty();
        if (changed.isEmpty() && !holdFiles.isDue() && through == savedThrough && ofFormat1.isEmpty()) {
            return 0;
        }
        int files;
        try {
            files = writer.save(changed, log, through, pace);
            holdFiles.save(log, through, pace);
            writer.syncNames();
            ByteBuffer checkpoint = new Checkpoint(log, through, writer.records(), holdFiles.extents()).encode();
            disk.replace(directory.resolve(Checkpoint.NAME), checkpoint);
            disk.syncDirectory(directory);
        } catch (IOException | RuntimeException e) {
            changed.forEach(SkuRow::captureFailed);
            throw e;
        }
        savedThrough = through;
        namedLog = log;
        LOG.debug("Wrote {} inventory files through sequence {}", files, through);
        deleteFormat1();
        holdFiles.deleteObsolete();
        return files;
    }

    /** Their checkpoint goes first: files that are left when this is cut off count for nothing then. */
    private void deleteFormat1() throws IOException {
        if (ofFormat1.isEmpty()) {
            return;
        }
        disk.delete(directory.resolve(Checkpoint.NAME_OF_FORMAT_1));
        disk.syncDirectory(directory);
        for (String name : ofFormat1) {
            disk.delete(directory.resolve(name));
        }
        disk.syncDirectory(directory);
        LOG.info("All inventory files have the present format");
        ofFormat1 = new ArrayList<>();
    }
}
