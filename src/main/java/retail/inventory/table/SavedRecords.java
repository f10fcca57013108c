package retail.inventory.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import retail.inventory.disk.Disk;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.InventoryFile.DamagedFileException;

/** The inventory files as another process reads them while they are rewritten. Changes nothing. */
public final class SavedRecords {

    private final Disk disk;
    private final Path directory;

    /** The records in a directory. */
    public SavedRecords(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /** Every event up to this sequence is in the files; 0 = none. */
    public long through() throws IOException {
        try {
            return Checkpoint.read(disk, directory).through();
        } catch (DamagedFileException e) {
            throw damaged(Checkpoint.NAME, e);
        }
    }

    /**
     * Hands over the records of all stores, a file at a time; a record that moves to another file meanwhile comes twice
     * rather than never.
     */
    public void forEach(Consumer<List<InventoryRecord>> some) throws IOException {
        Set<String> read = new HashSet<>();
        boolean more = true;
        while (more) { // a file that is split off has its records before the one that loses them
            more = false;
            for (String name : disk.list(directory)) {
                if (InventoryFile.isName(name) && read.add(name)) {
                    more = true;
                    some.accept(read(name));
                }
            }
        }
    }

    private List<InventoryRecord> read(String name) throws IOException {
        try {
            return InventoryFile.decode(disk.read(directory.resolve(name))).records();
        } catch (DamagedFileException e) {
            throw damaged(name, e);
        }
    }

    private IOException damaged(String name, DamagedFileException e) {
        return new IOException(directory.resolve(name) + " is damaged: " + e.getMessage());
    }
}
