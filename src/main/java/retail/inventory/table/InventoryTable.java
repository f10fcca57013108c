package retail.inventory.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/** The live records of all stores, in memory. Safe for use by several threads; each row has a lock of its own. */
public final class InventoryTable {

    private final ConcurrentMap<String, StoreRows> shelves = new ConcurrentHashMap<>();

    /** The same in order, for the files, which keep the stores in order. */
    private final ConcurrentNavigableMap<String, StoreRows> ordered = new ConcurrentSkipListMap<>();

    /**
     * The latest of the dirty rows, which are linked to each other. Nodes of a queue would live as long as rows are
     * dirty, for seconds, and every collection of young objects would copy them, one after another as they are linked.
     */
    private final AtomicReference<@Nullable SkuRow> latestDirty = new AtomicReference<>();

    private final LongAdder records = new LongAdder();

    private final HoldTable holds;

    private final TableBounds bounds;

    /** An empty table that takes all there is. */
    public InventoryTable() {
        this(TableBounds.NONE);
    }

    /** An empty table. */
    InventoryTable(TableBounds bounds) {
        this(bounds, Long.MAX_VALUE);
    }

    /**
     * An empty table.
     *
     * @param holdsMax how many holds it takes
     */
    InventoryTable(TableBounds bounds, long holdsMax) {
        this.bounds = bounds;
        this.holds = new HoldTable(holdsMax);
    }

    /** How many SKUs and stores it takes. */
    public TableBounds bounds() {
        return bounds;
    }

    /** Which of its bounds are nearly reached, in words. */
    public Map<String, String> nearBounds() {
        return bounds.near(size(), storeCount());
    }

    /** Why a SKU that has no row yet would be one more than the table takes; null when it would not. */
    public @Nullable String refusal(StockKey key) {
        return bounds.refusal(key, size(), !shelves.containsKey(key.storeId()), storeCount());
    }

    /** The row of a SKU; null when the store never had it. */
    public @Nullable SkuRow find(StockKey key) {
        StoreRows shelf = shelves.get(key.storeId());
        return shelf == null ? null : shelf.find(key.sku());
    }

    /**
     * The row of a SKU, a new one without a record when the store never had it. One that stays without is to be given back
     * ({@link SkuRow#forgetIfEmpty}).
     */
    public SkuRow findOrCreate(StockKey key) {
        SkuRow found = find(key);
        if (found != null) {
            return found;
        }
        AtomicReference<SkuRow> created = new AtomicReference<>();
        shelves.compute(key.storeId(), (id, there) -> { // or a shelf that is just being given up could get it
            StoreRows shelf = there == null ? inOrder(new StoreRows(this, id)) : there;
            created.setPlain(shelf.findOrCreate(key.sku()));
            return shelf;
        });
        return created.getPlain();
    }

    /**
     * The rows of those SKUs that there are.
     *
     * @param keys in order, each once
     */
    public Rows findAll(Collection<StockKey> keys) {
        List<StockKey> found = new ArrayList<>(keys.size());
        List<SkuRow> rows = new ArrayList<>(keys.size());
        for (StockKey key : keys) {
            SkuRow row = find(key);
            if (row != null) {
                found.add(key);
                rows.add(row);
            }
        }
        return new SeveralRows(found, rows);
    }

    /** The holds. */
    public HoldTable holds() {
        return holds;
    }

    /**
     * Runs an action on a hold and on the SKUs it is about: those that are named, and those that it has.
     *
     * @param named in order, each once
     */
    public <T extends @Nullable Object> T withHold(String holdId, List<StockKey> named, Function<Rows, T> action) {
        return HoldRows.with(this, holds.findOrCreate(holdId), named, action);
    }

    /**
     * Brings the row of a SKU to what the log has: {@link SkuRow#advance}.
     *
     * @return the version the row had
     * @throws IllegalArgumentException when the movement does not follow from the record
     */
    public long advance(Movement movement, Instant at) {
        long held = SkuRow.FORGOTTEN;
        while (held == SkuRow.FORGOTTEN) {
            held = findOrCreate(movement.key()).advance(movement, at);
        }
        return held;
    }

    /** Takes a row away that has no record and waits for none, and its shelf when it was the only one. */
    void forgetIfEmpty(SkuRow row) {
        shelves.computeIfPresent(row.storeId(), (id, shelf) -> {
            if (shelf.find(row.sku()) == row && row.forget()) {
                shelf.remove(row);
            }
            if (shelf.isEmpty()) {
                ordered.remove(id);
                return null;
            }
            return shelf;
        });
    }

    /**
     * The rows of a store in the order of SKUs, as they come and go.
     *
     * @param after the SKU to begin behind; null = from the first
     * @return null when there is no such store
     */
    public @Nullable Collection<SkuRow> rows(String storeId, @Nullable String after) {
        StoreRows shelf = shelves.get(storeId);
        return shelf == null ? null : shelf.after(after);
    }

    /** The stores, in any order. */
    Collection<String> stores() {
        return shelves.keySet();
    }

    /** How many stores there are. */
    public int storeCount() {
        return shelves.size();
    }

    /** How many SKUs of how many stores have a record. */
    public long size() {
        return records.sum();
    }

    private StoreRows inOrder(StoreRows created) {
        ordered.put(created.storeId(), created);
        return created;
    }

    /** Adds to the records of a store, unless it has later ones, before anybody else uses the table. */
    public void load(String storeId, List<InventoryRecord> records) {
        if (shelves.containsKey(storeId)) {
            records.forEach(record -> findOrCreate(record.key()).load(record));
        } else {
            shelves.put(storeId, inOrder(new StoreRows(this, storeId, records)));
        }
    }

    /** The rows of a range in the order of stores and SKUs; no upper end when null. */
    public List<SkuRow> range(RangeKey from, @Nullable RangeKey toExclusive) {
        List<SkuRow> rows = new ArrayList<>();
        for (StoreRows shelf : ordered.tailMap(from.storeId(), true).values()) {
            String storeId = shelf.storeId();
            int beforeEnd = toExclusive == null ? -1 : storeId.compareTo(toExclusive.storeId());
            if (beforeEnd > 0) {
                break;
            }
            String first = storeId.equals(from.storeId()) ? from.sku() : "";
            rows.addAll(shelf.range(first, toExclusive != null && beforeEnd == 0 ? toExclusive.sku() : null));
        }
        return rows;
    }

    void dirty(SkuRow row) {
        SkuRow latest;
        do {
            latest = latestDirty.get();
            row.joinDirty(latest);
        } while (!latestDirty.compareAndSet(latest, row));
    }

    void counted(int before, int after) {
        if (before + after != 0) {
            records.add(before + after);
        }
    }

    /** Makes every record and every hold due, as if all had changed. */
    public void allDirty() {
        holds.allDirty();
        for (StoreRows shelf : shelves.values()) {
            for (SkuRow row : shelf.after(null)) {
                if (row.snapshot().record() != null) {
                    row.captureFailed();
                }
            }
        }
    }

    /** Takes the rows that changed since they were last taken. */
    public List<SkuRow> takeDirty() {
        List<SkuRow> taken = new ArrayList<>();
        SkuRow row = latestDirty.getAndSet(null);
        while (row != null) {
            taken.add(row);
            row = row.leaveDirty();
        }
        return taken;
    }
}
