package retail.inventory.table;

import java.nio.file.Path;
import retail.inventory.disk.Disk;

/** Inventory files so small that a few records need several, for tests of other rooms. */
public final class SmallFiles {

    private SmallFiles() {}

    /** Files of a table in a directory that no other process writes. */
    public static InventoryFiles create(Disk disk, Path directory, InventoryTable table) {
        return new InventoryFiles(disk, directory, table, () -> true, 1);
    }
}
