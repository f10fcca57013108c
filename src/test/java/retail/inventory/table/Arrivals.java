package retail.inventory.table;

import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;

/** Puts records into a table as if their events came from the log. */
public final class Arrivals {

    private Arrivals() {}

    /** The table has what led to this record. */
    public static void advance(InventoryTable table, InventoryRecord latest) {
        SkuRow row = table.find(latest.key());
        InventoryRecord before = row == null ? null : row.snapshot().record();
        long delta = latest.qty() - (before == null ? 0 : before.qty());
        table.advance(new Movement(latest.key(), delta, latest.qty(), latest.version()), latest.updatedAt());
    }
}
