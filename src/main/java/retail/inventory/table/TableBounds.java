package retail.inventory.table;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.StockKey;

/**
 * How many SKUs and stores the table takes: all of them are on the heap, for ever, so whoever may create them could fill it.
 * What is there already, be it more, goes on.
 *
 * @param skusMax of all stores together
 */
public record TableBounds(long skusMax, long storesMax) {

    /** Bounds that are never reached. */
    static final TableBounds NONE = new TableBounds(Long.MAX_VALUE, Long.MAX_VALUE);

    /** About what a SKU takes of the heap in the table and the central view, generously. */
    private static final long BYTES_PER_SKU = 1024;

    /** Of so many parts, SKUs may take one; the rest is for stores, idempotency keys, followers and requests. */
    private static final int HEAP_PARTS = 2;

    /** A store that has one SKU takes about twice what its SKU does. */
    private static final int BYTES_PER_STORE = 2048;

    /** Told from here on, in hundredths. */
    private static final int NEAR_PERCENT = 80;

    /**
     * Bounds as they were set, but no more stores than half of the heap has room for.
     *
     * @param skusMax 0 = as many as half of the heap has room for
     */
    static TableBounds of(long skusMax, long storesMax, long heapBytes) {
        return new TableBounds(
                skusMax > 0 ? skusMax : heapBytes / HEAP_PARTS / BYTES_PER_SKU,
                Math.min(storesMax, heapBytes / HEAP_PARTS / BYTES_PER_STORE));
    }

    /**
     * Why a SKU that is new is one too many; null when it is not.
     *
     * @param newStore whether its store is new too
     */
    @Nullable
    String refusal(StockKey key, long skus, boolean newStore, int stores) {
        if (newStore && stores >= storesMax) {
            return "store " + key.storeId() + " would be one more than the " + storesMax
                    + " stores that this service keeps at most (STORES_MAX)";
        }
        if (skus >= skusMax) {
            return "SKU " + key.sku() + " would be one more than the " + skusMax
                    + " SKUs of all stores that this service keeps at most (SKUS_MAX)";
        }
        return null;
    }

    /** What is nearly used up, by its name, in words. */
    Map<String, String> near(long skus, long stores) {
        Map<String, String> near = new TreeMap<>();
        put(near, "skus", skus, skusMax, "SKUS_MAX");
        put(near, "stores", stores, storesMax, "STORES_MAX");
        return near;
    }

    private static void put(Map<String, String> near, String what, long now, long max, String setting) {
        if (max < Long.MAX_VALUE / 100 && now * 100 >= max * NEAR_PERCENT) {
            near.put(what, now + " of at most " + max + " are there (" + setting + "): beyond it new ones are refused");
        }
    }
}
