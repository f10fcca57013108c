package retail.inventory.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.InventoryRecord;

/** The durable records of a table in this process, for who wants all of them. */
public final class LiveRecords {

    private static final int PAGE = 1000;

    private final InventoryTable table;

    /** The records of a table. */
    public LiveRecords(InventoryTable table) {
        this.table = table;
    }

    /**
     * Hands over the records of all stores, some of one store at a time, each as durable as it was when it was read.
     *
     * @throws CommitTimeoutException when the disk is too slow to tell what is durable
     */
    public void forEach(Consumer<List<InventoryRecord>> some) {
        for (String storeId : table.stores()) {
            String after = null;
            List<SkuRow> rows = page(storeId, after);
            while (!rows.isEmpty()) {
                some.accept(durable(rows));
                after = rows.getLast().sku();
                rows = page(storeId, after);
            }
        }
    }

    /** The records of rows. All rows are looked at before any is waited for: busy ones are then waited for together. */
    public static List<InventoryRecord> durable(Collection<SkuRow> some) {
        List<SkuRow> rows = List.copyOf(some);
        List<SkuRow.Snapshot> seen = rows.stream().map(SkuRow::snapshot).toList();
        List<InventoryRecord> records = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            InventoryRecord record =
                    seen.get(i).isDurable() ? seen.get(i).record() : rows.get(i).durable();
            if (record != null) {
                records.add(record);
            }
        }
        return records;
    }

    private List<SkuRow> page(String storeId, @Nullable String after) {
        Collection<SkuRow> rows = table.rows(storeId, after);
        return rows == null ? List.of() : rows.stream().limit(PAGE).toList();
    }
}
