package retail.inventory.checkpoint;

import java.nio.file.Path;
import retail.inventory.files.Disk;
import retail.inventory.table.InventoryTable;

/** Inventory files so small that a few records need several, for tests of other packages. */
public final class SmallFiles {

    private SmallFiles() {}

    /** Files of a table in a directory that no other process writes. */
    public static InventoryFiles create(Disk disk, Path directory, InventoryTable table) {
        return new InventoryFiles(disk, directory, table, () -> true, 1, 1000);
    }
}
