package retail.inventory.table;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import retail.inventory.disk.Disk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.InventoryFile.DamagedFileException;
import retail.inventory.table.InventoryFiles.Loaded;

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
        return checkpoint().through();
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
     * Fills a table that nobody uses yet, while another process goes on saving. Its files are complete through what the
     * checkpoint said before the first of them was read.
     */
    Loaded loadInto(InventoryTable table) throws IOException {
        try {
            Checkpoint before = checkpoint();
            if (!readAll(table, before)) {
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
            Map<String, List<String>> stores = unread(read).stream()
                    .collect(Collectors.groupingBy(StoreFiles::storeOf, TreeMap::new, Collectors.toList()));
            for (Map.Entry<String, List<String>> store : stores.entrySet()) {
                List<InventoryRecord> records = new ArrayList<>();
                for (String name : store.getValue()) {
                    records.addAll(records(name));
                }
                table.loadMore(store.getKey(), records);
            }
            Checkpoint now = checkpoint();
            if (now.through() < before.through()) {
                return false;
            }
            more = !stores.isEmpty() || !now.equals(latest);
            latest = now;
        }
        return true;
    }

    /** The files that are new; one that is split off is there before the one that loses its records is shortened. */
    private List<String> unread(Set<String> read) throws IOException {
        return disk.list(directory).stream()
                .filter(InventoryFile::isName)
                .filter(read::add)
                .toList();
    }

    private Checkpoint checkpoint() throws IOException {
        try {
            return Checkpoint.read(disk, directory);
        } catch (DamagedFileException e) {
            throw damaged(Checkpoint.NAME, e);
        }
    }

    private List<InventoryRecord> records(String name) throws IOException {
        try {
            return InventoryFile.read(disk, directory, name).records();
        } catch (DamagedFileException e) {
            throw damaged(name, e);
        }
    }

    private IOException damaged(String name, DamagedFileException e) {
        return new UnusableException(directory.resolve(name) + " is damaged: " + e.getMessage());
    }
}
