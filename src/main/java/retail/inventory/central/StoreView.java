package retail.inventory.central;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.stock.Holds;
import retail.inventory.stock.StockKey;

/** One store: hashed, as finding a SKU in order took two thirds of applying an event, and in order, for pages. */
final class StoreView {
    final ConcurrentMap<String, Cell> bySku = new ConcurrentHashMap<>();
    final ConcurrentNavigableMap<String, Cell> ordered = new ConcurrentSkipListMap<>(StockKey.SKU_ORDER);
    final AtomicLong changes = new AtomicLong();
    final HoldEnds ends = new HoldEnds();

    @Nullable
    Entry find(String sku) {
        Cell cell = bySku.get(sku);
        return cell == null ? null : cell.entry(sku);
    }

    /**
     * A SKU's latest entry, as plain numbers: an object for each event, held by an old one, would have to be found and
     * copied by each collection of young objects. Only the thread that applies events changes it.
     */
    static final class Cell {
        private @Nullable Holds
                holds; // null = none: in the place of the name, which the maps know, so it takes no room
        private long qty;
        private long version;
        private long updatedAtMs;

        Cell(Entry first) {
            put(first);
        }

        synchronized void put(Entry next) {
            holds = next.holds().isEmpty() ? null : next.holds();
            qty = next.qty();
            version = next.version();
            updatedAtMs = next.updatedAtMs();
        }

        synchronized Entry entry(String sku) {
            return new Entry(sku, qty, holds(), version, updatedAtMs);
        }

        synchronized Holds holds() {
            return holds == null ? Holds.NONE : holds;
        }

        synchronized long version() {
            return version;
        }
    }
}
