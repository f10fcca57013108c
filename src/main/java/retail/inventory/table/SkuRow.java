package retail.inventory.table;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Holds;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;
import retail.inventory.stock.StockRules;

/**
 * The live record of one SKU and its lock. {@link #apply} and {@link #restore} need the lock, inside {@link #holding}. There may
 * be millions of rows: the record is kept as plain numbers, and the row is its own lock, because a lock object would take as much
 * as the numbers.
 */
public final class SkuRow extends ReentrantLock implements Rows {

    /**
     * A row at one moment.
     *
     * @param record null when the SKU has no event (any more)
     * @param commit the fate of the latest event; null when it is durable
     */
    public record Snapshot(
            @Nullable InventoryRecord record, @Nullable Commit commit) implements Seen {

        @Override
        public @Nullable InventoryRecord record(StockKey key) {
            return record;
        }

        @Override
        public boolean isDurable() {
            return commit == null || commit.await();
        }
    }

    private static final AtomicReferenceFieldUpdater<SkuRow, @Nullable Object> BESIDE =
            AtomicReferenceFieldUpdater.newUpdater(SkuRow.class, Object.class, "beside");

    private static final long serialVersionUID = 1;

    /** The version of a row that the table has no more. */
    static final long FORGOTTEN = -1;

    private final StoreRows shelf;
    private final String sku;
    private long qty;
    private long version;
    private long updatedAtMs;
    /** What few rows have at a time, in one field: a {@link Commit}, {@link Holds}, or both as a {@link Beside}. */
    private volatile @Nullable Object beside;

    /** The row that became dirty before this one; itself when there was none, null while it is not dirty. */
    private @Nullable SkuRow dirtyBefore;

    private record Beside(Holds holds, Commit commit) {}

    SkuRow(StoreRows shelf, String sku) {
        this.shelf = shelf;
        this.sku = sku;
    }

    /** Runs an action on the row as it is, with the row's lock held; it must not wait for anything. */
    public <T extends @Nullable Object> T holding(Function<Snapshot, T> action) {
        lock();
        try {
            return action.apply(current());
        } finally {
            unlock();
        }
    }

    /** The row now, read under its lock. */
    public Snapshot snapshot() {
        return holding(now -> now);
    }

    /**
     * The record once all of it is durable; null when the SKU has no event (any more).
     *
     * @throws CommitTimeoutException when that is not known in time
     */
    public @Nullable InventoryRecord durable() {
        Snapshot seen = snapshot();
        int tries = 1;
        while (!seen.isDurable()) {
            if (tries++ == Commit.TRIES_MAX) {
                throw new CommitTimeoutException("all that was tried on " + sku + " was taken back");
            }
            seen = snapshot();
        }
        return seen.record();
    }

    @Override
    public <T extends @Nullable Object> T locked(Function<Seen, T> action) {
        return holding(action::apply);
    }

    /** Puts the next record in place, to be written to the inventory files. */
    public void apply(InventoryRecord next, @Nullable Commit fate) {
        markDirty();
        put(next, fate);
    }

    @Override
    public void apply(Accepted accepted, Seen seen, Instant at, Commit fate) {
        apply(accepted.movements().get(0), ((Snapshot) seen).record(), at, fate);
    }

    void apply(Movement movement, @Nullable InventoryRecord before, Instant at, Commit fate) {
        apply(StockRules.evolve(before, movement, at), fate);
    }

    /**
     * Brings the row to what the log has, unless it has it already: replay and duplicates are harmless. Changes that were
     * open have been taken back before.
     *
     * @return the version the row had; {@link #FORGOTTEN} when it is none of the table's any more
     * @throws IllegalArgumentException when the movement does not follow from the record
     */
    long advance(Movement movement, Instant at) {
        return holding(now -> {
            long held = version;
            if (!isForgotten() && movement.version() > held) {
                apply(StockRules.evolve(now.record(), movement, at), null);
            }
            return held;
        });
    }

    @Override
    public void restore(Seen before) {
        Snapshot was = (Snapshot) before;
        put(was.record(), was.commit());
    }

    @Override
    public boolean settle(Commit durable) {
        return (beside instanceof Beside both && both.commit().equals(durable))
                ? BESIDE.compareAndSet(this, both, both.holds())
                : BESIDE.compareAndSet(this, durable, null);
    }

    /**
     * Gives the row up when it has no record and waits for none: its first change was refused or taken back, and names that
     * somebody makes up must not stay. Not to be called with the lock of any row held.
     */
    @Override
    public void forgetIfEmpty() {
        if (isEmpty()) {
            shelf.table().forgetIfEmpty(this);
        }
    }

    @Override
    public boolean isForgotten() {
        return version == FORGOTTEN;
    }

    /** Whether it has no record and waits for none. */
    public boolean isEmpty() {
        return holding(now -> version <= 0 && now.commit() == null);
    }

    /** The same, and from now on nothing is to be put into it. */
    boolean forget() {
        return holding(now -> {
            boolean empty = version == 0 && now.commit() == null;
            version = empty ? FORGOTTEN : version;
            return empty;
        });
    }

    public String storeId() {
        return shelf.storeId();
    }

    public String sku() {
        return sku;
    }

    /** Puts a record of the files in place, unless the row has a later one. */
    void load(InventoryRecord record) {
        holding(now -> {
            if (record.version() > version) {
                put(record, null);
            }
            return now;
        });
    }

    /** Joins the rows that are dirty, behind the latest of them; with the row's lock held. */
    void joinDirty(@Nullable SkuRow latest) {
        dirtyBefore = latest == null ? this : latest;
    }

    /** Leaves the dirty rows; a later change, or a failure, makes it dirty again. The one before it; null = none. */
    @Nullable
    SkuRow leaveDirty() {
        return holding(now -> {
            SkuRow before = dirtyBefore;
            dirtyBefore = null;
            return before == this ? null : before;
        });
    }

    /** The files do not have it after all. */
    public void captureFailed() {
        holding(now -> {
            if (version > 0) {
                markDirty();
            }
            return now;
        });
    }

    private Snapshot current() {
        Object now = beside;
        Holds holds = now instanceof Beside both ? both.holds() : now instanceof Holds only ? only : Holds.NONE;
        Commit commit = now instanceof Beside both ? both.commit() : now instanceof Commit only ? only : null;
        InventoryRecord record = version <= 0
                ? null
                : new InventoryRecord(
                        new StockKey(storeId(), sku), qty, holds, version, Instant.ofEpochMilli(updatedAtMs));
        return new Snapshot(record, commit);
    }

    private void markDirty() {
        if (dirtyBefore == null) {
            shelf.table().dirty(this);
        }
    }

    private void put(@Nullable InventoryRecord record, @Nullable Commit fate) {
        shelf.table().counted(version == 0 ? 0 : -1, record == null ? 0 : 1);
        qty = record == null ? 0 : record.qty();
        version = record == null ? 0 : record.version();
        updatedAtMs = record == null ? 0 : record.updatedAt().toEpochMilli();
        Holds holds = record == null || record.holds().isEmpty() ? null : record.holds();
        beside = holds == null ? fate : fate == null ? holds : new Beside(holds, fate);
    }
}
