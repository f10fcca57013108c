package retail.inventory.central;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.StockKey;

/**
 * The stock of all stores as the log tells it. One thread applies events, any number read; a reader sees each SKU whole,
 * and at least everything up to the position the view had when the reader began.
 */
public final class CentralInventory {

    /**
     * A SKU of a store.
     *
     * @param qty units on hand, perhaps 0: a SKU that is sold out stays visible
     * @param version how many events it has had
     * @param updatedAtMs when the latest was decided, milliseconds since 1970-01-01 UTC
     */
    public record Entry(String sku, long qty, long version, long updatedAtMs) {}

    /** A SKU's entry in one store. */
    public record Located(String storeId, Entry entry) {}

    /** What applying a state found. */
    enum Applied {
        /** The next version of the SKU. */
        NEXT,
        /** A version the view has already, or has passed. */
        KNOWN,
        /** A later version than the next one: at least one before it is missing. */
        AFTER_A_GAP
    }

    private final ConcurrentNavigableMap<String, StoreView> stores = new ConcurrentSkipListMap<>(); // few
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong size = new AtomicLong();

    /**
     * A SKU's latest entry, as plain numbers: an object for each event, held by an old one, would have to be found and
     * copied by each collection of young objects. Only the thread that applies events changes it.
     */
    private static final class Cell {
        private final String sku;
        private long qty;
        private long version;
        private long updatedAtMs;

        private Cell(Entry first) {
            this.sku = first.sku();
            put(first);
        }

        private synchronized void put(Entry next) {
            qty = next.qty();
            version = next.version();
            updatedAtMs = next.updatedAtMs();
        }

        private synchronized Entry entry() {
            return new Entry(sku, qty, version, updatedAtMs);
        }

        private synchronized long version() {
            return version;
        }
    }

    /** One store: hashed, as finding a SKU in order took two thirds of applying an event, and in order, for pages. */
    private static final class StoreView {
        private final ConcurrentMap<String, Cell> bySku = new ConcurrentHashMap<>();
        private final ConcurrentNavigableMap<String, Cell> ordered = new ConcurrentSkipListMap<>(StockKey.SKU_ORDER);
        private final AtomicLong changes = new AtomicLong();

        private @Nullable Entry find(String sku) {
            Cell cell = bySku.get(sku);
            return cell == null ? null : cell.entry();
        }
    }

    CentralInventory() {}

    /** Puts a SKU's state in place, unless the view has that version or a later one. */
    Applied apply(String storeId, Entry next) {
        StoreView store = store(storeId);
        Cell held = store.bySku.get(next.sku());
        long heldVersion = held == null ? 0 : held.version();
        if (next.version() <= heldVersion) {
            return Applied.KNOWN;
        }
        if (held != null) {
            held.put(next);
        } else {
            Cell cell = new Cell(next);
            store.ordered.put(next.sku(), cell);
            store.bySku.put(next.sku(), cell);
            size.incrementAndGet();
        }
        store.changes.addAndGet(next.version() - heldVersion);
        changes.addAndGet(next.version() - heldVersion);
        return next.version() == heldVersion + 1 ? Applied.NEXT : Applied.AFTER_A_GAP;
    }

    private StoreView store(String storeId) {
        StoreView store = stores.get(storeId);
        return store != null ? store : stores.computeIfAbsent(storeId, id -> new StoreView());
    }

    /** Forgets everything, before anybody has seen it. */
    void clear() {
        stores.clear();
        size.set(0);
        changes.set(0);
    }

    /** A number that is another one after every change of anything. */
    public long changes() {
        return changes.get();
    }

    /** A number that is another one after every change of a store; 0 = there is no such store. */
    public long changes(String storeId) {
        StoreView store = stores.get(storeId);
        return store == null ? 0 : store.changes.get();
    }

    /** How many SKUs of how many stores there are. */
    public long size() {
        return size.get();
    }

    /** The stores, in order. */
    public Iterable<String> stores() {
        return stores.keySet();
    }

    /** One SKU of one store; null when the store does not have it. */
    public @Nullable Entry find(String storeId, String sku) {
        StoreView store = stores.get(storeId);
        return store == null ? null : store.find(sku);
    }

    /** A SKU in every store that has it, in the order of stores. */
    public List<Located> findEverywhere(String sku) {
        List<Located> found = new ArrayList<>();
        stores.forEach((storeId, store) -> {
            Entry entry = store.find(sku);
            if (entry != null) {
                found.add(new Located(storeId, entry));
            }
        });
        return found;
    }

    /**
     * Some SKUs of a store, in order.
     *
     * @param after the SKU to begin behind; null = from the first
     * @param limit at most so many
     */
    public List<Entry> page(String storeId, @Nullable String after, int limit) {
        StoreView store = stores.get(storeId);
        List<Entry> page = new ArrayList<>();
        if (store == null) {
            return page;
        }
        for (Cell cell : (after == null ? store.ordered : store.ordered.tailMap(after, false)).values()) {
            page.add(cell.entry());
            if (page.size() == limit) {
                break;
            }
        }
        return page;
    }
}
