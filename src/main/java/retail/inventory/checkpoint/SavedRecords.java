package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.checkpoint.InventoryFiles.Loaded;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.files.Disk;
import retail.inventory.stock.Hold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.InventoryTable;

/** The inventory files as another process reads them while they are rewritten. Changes nothing. */
public final class SavedRecords {

    private final Disk disk;
    private final Path directory;

    /** The records in a directory. */
    public SavedRecords(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** A file cannot be used, whatever the disk does. */
    private static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1;

        private UnusableException(String message) {
            super(message);
        }
    }

    /** Every event up to this sequence is in the files; 0 = none. */
    public long through() throws IOException {
        return checkpoints().latest().through();
    }

    /**
     * Hands over the records of all stores, a file at a time; a record that moves to another file meanwhile comes twice
     * rather than never.
     */
    public void forEach(Consumer<List<InventoryRecord>> some) throws IOException {
        Set<String> read = new HashSet<>();
        for (List<String> names = unread(read); !names.isEmpty(); names = unread(read)) {
            for (String name : names) {
                some.accept(records(name));
            }
        }
    }

    /**
     * What all files hold together, while no process is at work on them.
     *
     * @param through every event up to this sequence is in them
     * @param positions how far they go in which log, as far as they say
     * @param problems why a start could not use them, a sentence each
     */
    public record Found(long through, Map<String, Long> positions, List<String> problems) {}

    /** Hands over all that can be read, of files past a damaged one too; a record that is in two files comes twice. */
    public Found inspect(Consumer<List<InventoryRecord>> some, Consumer<Hold> someHold) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<String, Long> positions = new HashMap<>();
        Checkpoint checkpoint = Checkpoint.NONE;
        boolean former = false;
        try {
            checkpoint = checkpoints().latest();
            former = checkpoints().formerCounts();
            note(checkpoint.logId(), checkpoint.through(), positions);
        } catch (UnusableException | DataDirectoryException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        long records = 0;
        for (String name : disk.list(directory)) {
            try {
                if (InventoryFile.isName(name)) {
                    InventoryFile file = InventoryFile.read(disk, directory, name);
                    note(file.logId(), file.through(), positions);
                    records += file.records().size();
                    some.accept(file.records());
                } else if (former && StoreFile.isName(name)) {
                    List<InventoryRecord> ofOneStore = StoreFile.read(disk, directory, name);
                    records += ofOneStore.size();
                    some.accept(ofOneStore);
                }
            } catch (DamagedFileException e) {
                problems.add(damaged(name, e).getMessage());
            } catch (DataDirectoryException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        new SavedHolds(disk, directory, checkpoint)
                .inspect(file -> note(file.logId(), file.through(), positions), someHold, problems::add);
        if (records < checkpoint.records()) {
            problems.add("Inventory files are missing in " + directory + ": " + records + " records of at least "
                    + checkpoint.records() + " are there");
        }
        return new Found(checkpoint.through(), positions, problems);
    }

    private static void note(@Nullable String logId, long through, Map<String, Long> positions) {
        if (logId != null) {
            positions.merge(logId, through, Math::max);
        }
    }

    /** Fills an unused table while another process goes on saving; complete through what the checkpoint said at first. */
    Loaded loadInto(InventoryTable table) throws IOException {
        try {
            Checkpoint before = checkpoints().latest();
            if (!readAll(table, before) || !readHolds(table, before)) {
                return new Loaded(0, "another process has put inventory files aside");
            }
            return table.size() < before.records()
                    ? new Loaded(
                            0,
                            "inventory files are missing: " + table.size() + " records of at least " + before.records()
                                    + " are there")
                    : new Loaded(before.through(), null);
        } catch (UnusableException e) {
            return new Loaded(0, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            return new Loaded(0, "another process has put " + e.getMessage() + " aside");
        }
    }

    /**
     * Reads until there are no more files. False when one was perhaps put aside: the checkpoint went back then, and when it
     * has come forward again since, it is another one and there are more files.
     */
    private boolean readAll(InventoryTable table, Checkpoint before) throws IOException {
        Set<String> read = new HashSet<>();
        Checkpoint latest = before;
        boolean more = true;
        while (more) {
            List<String> names = unread(read);
            TableLoader loader = new TableLoader(table);
            for (String name : names) {
                loader.take(records(name));
            }
            loader.finish();
            Checkpoint now = checkpoints().latest();
            if (now.through() < before.through()) {
                return false;
            }
            more = !names.isEmpty() || !now.equals(latest);
            latest = now;
        }
        return true;
    }

    /**
     * A file of holds that goes away meanwhile is none that the latest checkpoint lists, so all are read once more. False when the
     * checkpoint went back, as for {@link #readAll}.
     */
    private boolean readHolds(InventoryTable table, Checkpoint before) throws IOException {
        for (Checkpoint listing = checkpoints().latest(); ; ) {
            try {
                new SavedHolds(disk, directory, listing).found().fill(table.holds());
                return listing.through() >= before.through();
            } catch (NoSuchFileException e) {
                Checkpoint latest = checkpoints().latest();
                if (latest.equals(listing)) {
                    throw e;
                }
                listing = latest;
            } catch (DamagedFileException e) {
                throw new UnusableException("a file of holds in " + directory + " is damaged: " + e.getMessage());
            }
        }
    }

    /**
     * The files that are new, in the order of their ranges; one that is split off is there before the one that loses its
     * records is shortened. Those of an earlier version count until a checkpoint of this one goes as far.
     */
    private List<String> unread(Set<String> read) throws IOException {
        boolean former = checkpoints().formerCounts();
        List<String> names = disk.list(directory);
        List<String> unread = new ArrayList<>();
        names.stream()
                .filter(name -> former && StoreFile.isName(name))
                .filter(read::add)
                .forEach(unread::add);
        List<String> ofThisVersion =
                names.stream().filter(InventoryFile::isName).filter(read::add).toList();
        unread.addAll(RangedName.inOrder(disk, directory, ofThisVersion));
        return unread;
    }

    /** What the files of this version and those of an earlier one hold. */
    private record Checkpoints(Checkpoint present, Checkpoint former) {

        private boolean formerCounts() {
            return former.through() > present.through();
        }

        private Checkpoint latest() {
            return formerCounts() ? former : present;
        }
    }

    /** The former one first: when it is gone, the present one has been there since before. */
    private Checkpoints checkpoints() throws IOException {
        Checkpoint former = checkpoint(Checkpoint.NAME_OF_FORMAT_1);
        return new Checkpoints(checkpoint(Checkpoint.NAME), former);
    }

    private Checkpoint checkpoint(String name) throws IOException {
        try {
            return Checkpoint.read(disk, directory, name);
        } catch (DamagedFileException e) {
            throw damaged(name, e);
        }
    }

    private List<InventoryRecord> records(String name) throws IOException {
        try {
            return StoreFile.isName(name)
                    ? formerRecords(name)
                    : InventoryFile.read(disk, directory, name).records();
        } catch (DamagedFileException e) {
            throw damaged(name, e);
        }
    }

    /** None of a file that is gone: its records are in files of this version then, which are read next. */
    private List<InventoryRecord> formerRecords(String name) throws IOException, DamagedFileException {
        try {
            return StoreFile.read(disk, directory, name);
        } catch (NoSuchFileException deleted) {
            return List.of();
        }
    }

    private IOException damaged(String name, DamagedFileException e) {
        return new UnusableException(directory.resolve(name) + " is damaged: " + e.getMessage());
    }
}
