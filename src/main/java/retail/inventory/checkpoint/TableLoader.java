package retail.inventory.checkpoint;

import java.util.ArrayList;
import java.util.List;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.InventoryTable;

/**
 * Fills a table that nobody uses yet from files in the order of their ranges, a whole store at a time: put one by one, the
 * rows of a big store cost a start seconds.
 */
final class TableLoader {

    private final InventoryTable table;
    private String storeId = "";
    private List<InventoryRecord> records = new ArrayList<>();

    TableLoader(InventoryTable table) {
        this.table = table;
    }

    /** Takes the records of one more file. */
    void take(List<InventoryRecord> more) {
        for (InventoryRecord record : more) {
            if (!record.key().storeId().equals(storeId)) {
                finish();
                storeId = record.key().storeId();
            }
            records.add(record);
        }
    }

    /** Puts what is left in place. */
    void finish() {
        if (!records.isEmpty()) {
            table.load(storeId, records);
            records = new ArrayList<>();
        }
    }
}
