package retail.inventory.central;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.StoreView.Cell;
import retail.inventory.stock.Holds;

/**
 * The stock of all stores as the log tells it. One thread applies events, any number read; a reader sees each SKU whole,
 * several SKUs that it asks for together without half an event, and at least everything up to the position the view had when the
 * reader began.
 */
public final class CentralInventory {

    /**
     * A SKU of a store.
     *
     * @param qty units on hand, perhaps 0: a SKU that is sold out stays visible
     * @param holds what is set aside of them
     * @param version how many events it has had
     * @param updatedAtMs when the latest was decided, milliseconds since 1970-01-01 UTC
     */
    public record Entry(String sku, long qty, Holds holds, long version, long updatedAtMs) {

        /** Of a SKU of which nothing is set aside. */
        Entry(String sku, long qty, long version, long updatedAtMs) {
            this(sku, qty, Holds.NONE, version, updatedAtMs);
        }

        /** Units set aside at an instant: a hold counts before its end. */
        public long held(Instant at) {
            return holds.live(at);
        }

        /** Whether a hold has ended at an instant that no event has dropped yet: it will look different before it changes. */
        public boolean hasEndedHolds(Instant at) {
            return holds.firstEndMs() <= at.toEpochMilli();
        }
    }

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
    private final StampedLock several = new StampedLock(); // held while an event of several SKUs is put in place

    CentralInventory() {}

    /** Puts a SKU's state in place, unless the view has that version or a later one. */
    Applied apply(String storeId, Entry next) {
        StoreView store = store(storeId);
        Cell held = store.bySku.get(next.sku());
        long heldVersion = held == null ? 0 : held.version();
        if (next.version() <= heldVersion) {
            return Applied.KNOWN;
        }
        Holds before = held == null ? Holds.NONE : held.holds();
        store.ends.add(next.holds());
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
        store.ends.remove(before); // after the change can be told: see hasEndedHolds
        return next.version() == heldVersion + 1 ? Applied.NEXT : Applied.AFTER_A_GAP;
    }

    /** Puts the states in place that one event led to: whoever reads several SKUs together sees all of them or none. */
    void apply(List<Located> states) {
        long stamp = several.writeLock();
        try {
            for (Located state : states) {
                apply(state.storeId(), state.entry());
            }
        } finally {
            several.unlockWrite(stamp);
        }
    }

    private <T> T together(Supplier<T> read) {
        long stamp = several.tryOptimisticRead();
        if (stamp != 0) {
            T seen = read.get();
            if (several.validate(stamp)) {
                return seen;
            }
        }
        stamp = several.readLock();
        try {
            return read.get();
        } finally {
            several.unlockRead(stamp);
        }
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

    /** The same of some stores. */
    public long changes(Predicate<String> in) {
        long sum = 0;
        for (Map.Entry<String, StoreView> store : stores.entrySet()) {
            if (in.test(store.getKey())) {
                sum += store.getValue().changes.get();
            }
        }
        return sum;
    }

    /** A number that is another one after every change of a store; 0 = there is no such store. */
    public long changes(String storeId) {
        StoreView store = stores.get(storeId);
        return store == null ? 0 : store.changes.get();
    }

    /**
     * Whether a hold of a store has ended at an instant that no event has dropped yet. Then the store looks different without
     * any {@link #changes}, which are to be asked for after this.
     */
    public boolean hasEndedHolds(String storeId, Instant at) {
        StoreView store = stores.get(storeId);
        return store != null && store.ends.anyBy(at);
    }

    /** The same of several stores. */
    public boolean hasEndedHolds(Predicate<String> in, Instant at) {
        for (Map.Entry<String, StoreView> store : stores.entrySet()) {
            if (in.test(store.getKey()) && store.getValue().ends.anyBy(at)) {
                return true;
            }
        }
        return false;
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

    /** A SKU in each of some stores that has it, in the order of stores. */
    public List<Located> find(Predicate<String> in, String sku) {
        return together(() -> {
            List<Located> found = new ArrayList<>();
            stores.forEach((storeId, store) -> {
                Entry entry = in.test(storeId) ? store.find(sku) : null;
                if (entry != null) {
                    found.add(new Located(storeId, entry));
                }
            });
            return found;
        });
    }

    /**
     * Some SKUs of a store, in order.
     *
     * @param after the SKU to begin behind; null = from the first
     * @param limit at most so many
     */
    public List<Entry> page(String storeId, @Nullable String after, int limit) {
        StoreView store = stores.get(storeId);
        if (store == null) {
            return new ArrayList<>();
        }
        Map<String, Cell> from = after == null ? store.ordered : store.ordered.tailMap(after, false);
        return together(() -> {
            List<Entry> page = new ArrayList<>();
            for (Map.Entry<String, Cell> cell : from.entrySet()) {
                page.add(cell.getValue().entry(cell.getKey()));
                if (page.size() == limit) {
                    break;
                }
            }
            return page;
        });
    }
}
