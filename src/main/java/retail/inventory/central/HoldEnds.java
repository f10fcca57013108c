package retail.inventory.central;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Holds;

/** When the first hold of each SKU of a store ends. One thread changes it, any number read. */
final class HoldEnds {

    private final ConcurrentNavigableMap<Long, Integer> skusByEnd = new ConcurrentSkipListMap<>();

    /** A SKU has these holds. */
    void add(Holds holds) {
        long endMs = holds.firstEndMs();
        if (endMs != HeldUnits.NO_END) {
            skusByEnd.merge(endMs, 1, Integer::sum);
        }
    }

    /** A SKU no longer has these. */
    void remove(Holds holds) {
        long endMs = holds.firstEndMs();
        if (endMs != HeldUnits.NO_END) {
            skusByEnd.computeIfPresent(endMs, (same, skus) -> skus == 1 ? null : skus - 1);
        }
    }

    /** Whether any has ended at an instant. */
    boolean anyBy(Instant at) {
        Map.Entry<Long, Integer> first = skusByEnd.firstEntry();
        return first != null && first.getKey() <= at.toEpochMilli();
    }
}
