package retail.inventory.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** The rows of one store: hashed, so that a write costs the same however many there are, and in order, for pages. */
final class StoreRows {

    private final InventoryTable table;
    private final String storeId;
    private final ConcurrentMap<String, SkuRow> rows;
    private final ConcurrentNavigableMap<String, SkuRow> ordered;

    /** An empty one. */
    StoreRows(InventoryTable table, String storeId) {
        this(table, storeId, List.of());
    }

    /** One with rows of these records of the store, in whatever order; of two of a SKU the later version counts. */
    StoreRows(InventoryTable table, String storeId, List<InventoryRecord> records) {
        this.table = table;
        this.storeId = storeId;
        List<InventoryRecord> bySku = new ArrayList<>(records);
        bySku.sort(Comparator.comparing(record -> record.key().sku(), StockKey.SKU_ORDER));
        this.rows = new ConcurrentHashMap<>(bySku.size());
        List<SkuRow> created = new ArrayList<>(bySku.size());
        for (InventoryRecord record : bySku) {
            String sku = record.key().sku();
            if (created.isEmpty() || !created.getLast().sku().equals(sku)) {
                SkuRow row = new SkuRow(this, sku);
                created.add(row);
                rows.put(sku, row);
            }
            created.getLast().load(record);
        }
        this.ordered = new ConcurrentSkipListMap<>(new SortedRows(created));
    }

    InventoryTable table() {
        return table;
    }

    String storeId() {
        return storeId;
    }

    @Nullable
    SkuRow find(String sku) {
        return rows.get(sku);
    }

    SkuRow findOrCreate(String sku) {
        SkuRow row = rows.get(sku);
        return row != null
                ? row
                : rows.computeIfAbsent(sku, absent -> {
                    SkuRow created = new SkuRow(this, absent);
                    ordered.put(absent, created);
                    return created;
                });
    }

    void remove(SkuRow row) {
        ordered.remove(row.sku(), row);
        rows.remove(row.sku(), row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rows from a SKU on, in the order of SKUs. */
    Collection<SkuRow> after(@Nullable String sku) {
        return sku == null ? ordered.values() : ordered.tailMap(sku, false).values();
    }

    /** The rows of a range of SKUs; no upper end when null. */
    Collection<SkuRow> range(String from, @Nullable String toExclusive) {
        return toExclusive == null
                ? ordered.tailMap(from, true).values()
                : ordered.subMap(from, true, toExclusive, false).values();
    }
}
