package retail.inventory.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import retail.inventory.files.SimDisk;
import retail.inventory.stock.InventoryRecord;

/** Writes inventory files as the first version did: a file per store. */
final class FilesOfFormat1 {

    private FilesOfFormat1() {}

    /** All files and the checkpoint; two files for a store of more than two SKUs. */
    static void write(SimDisk disk, Collection<InventoryRecord> records, long through) {
        records.stream()
                .collect(Collectors.groupingBy(record -> record.key().storeId(), TreeMap::new, Collectors.toList()))
                .forEach((storeId, some) -> {
                    int first = Math.min(2, some.size());
                    put(disk, storeId + ".json", content(storeId, "", through, some.subList(0, first)));
                    if (first < some.size()) {
                        List<InventoryRecord> rest = some.subList(first, some.size());
                        String from = rest.getFirst().key().sku();
                        put(disk, storeId + "~1.json", content(storeId, from, through, rest));
                    }
                });
        put(disk, Checkpoint.NAME_OF_FORMAT_1, "{\"through\":" + through + ",\"records\":" + records.size() + "}");
    }

    static String content(String storeId, String from, long through, List<InventoryRecord> records) {
        return "{\"storeId\":\"" + storeId + "\",\"from\":\"" + from + "\",\"through\":" + through + ",\"records\":{"
                + records.stream().map(FilesOfFormat1::line).collect(Collectors.joining(","))
                + "}}";
    }

    private static String line(InventoryRecord record) {
        return "\n\"" + record.key().sku() + "\":{\"qty\":" + record.qty() + ",\"version\":" + record.version()
                + ",\"updatedAt\":\"" + record.updatedAt() + "\"}";
    }

    static void put(SimDisk disk, String name, String content) {
        disk.put(
                SavedTable.DIRECTORY.resolve(name),
                FileFormat.seal(content.getBytes(US_ASCII)).array());
    }
}
