package retail.inventory.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import retail.inventory.files.Disk;
import retail.inventory.table.RangeKey;

/** An inventory file and where its range begins, as its first line says. */
record RangedName(String name, RangeKey from) {

    /** Names in the order of their ranges. */
    static List<String> inOrder(Disk disk, Path directory, List<String> names) throws IOException {
        List<RangedName> files = new ArrayList<>();
        for (String name : names) {
            files.add(new RangedName(name, InventoryFile.firstOf(disk, directory.resolve(name))));
        }
        files.sort(Comparator.comparing(RangedName::from));
        return files.stream().map(RangedName::name).toList();
    }
}
