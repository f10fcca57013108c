package retail.inventory.table;

import java.util.Comparator;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/**
 * A place in the order in which inventory files keep records: by store, then by SKU.
 *
 * @param storeId the store; empty = before all stores
 * @param sku the SKU; empty = before all SKUs of the store
 */
public record RangeKey(String storeId, String sku) implements Comparable<RangeKey> {

    /** Before all records. */
    public static final RangeKey FIRST = new RangeKey("", "");

    /** Divides the two parts in a file: the first one, for a SKU may have some, and no store id has. */
    private static final char DIVIDER = '/';

    private static final Comparator<RangeKey> ORDER =
            Comparator.comparing(RangeKey::storeId).thenComparing(RangeKey::sku, StockKey.SKU_ORDER);

    public static RangeKey of(InventoryRecord record) {
        return new RangeKey(record.key().storeId(), record.key().sku());
    }

    /** Reads what {@link #encoded} wrote. */
    public static RangeKey decoded(String text) {
        int divider = text.indexOf(DIVIDER);
        return divider < 0 ? FIRST : new RangeKey(text.substring(0, divider), text.substring(divider + 1));
    }

    /** {@code STORE001/SKU123}; empty for {@link #FIRST}. */
    public String encoded() {
        return equals(FIRST) ? "" : storeId + DIVIDER + sku;
    }

    @Override
    public int compareTo(RangeKey other) {
        return ORDER.compare(this, other);
    }
}
