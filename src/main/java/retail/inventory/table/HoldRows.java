package retail.inventory.table;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Hold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** A hold and the rows of its SKUs. The hold's lock is taken first: which SKUs it has is known under it alone. */
record HoldRows(HoldTable table, HoldRow row, Rows skus) implements Rows {

    /** Both at one moment. */
    record HoldSeen(HoldRow.Snapshot row, Seen skus) implements Seen {

        @Override
        public @Nullable InventoryRecord record(StockKey key) {
            return skus.record(key);
        }

        @Override
        public @Nullable Hold hold() {
            return row.hold();
        }

        @Override
        public boolean isDurable() {
            boolean all = skus.isDurable();
            return row.isDurable() && all;
        }
    }

    /** Runs an action on a hold and on the SKUs that are named or that it has; they stay the same while it runs. */
    static <T extends @Nullable Object> T with(
            InventoryTable table, HoldRow row, List<StockKey> named, Function<Rows, T> action) {
        row.lock();
        try {
            TreeSet<StockKey> keys = new TreeSet<>(named);
            Hold hold = row.snapshot().hold();
            if (hold != null) {
                keys.addAll(hold.keys());
            }
            return action.apply(new HoldRows(table.holds(), row, table.findAll(keys)));
        } finally {
            table.holds().forgetIfEmpty(row); // ids that somebody makes up must not stay
            row.unlock();
        }
    }

    @Override
    public <T extends @Nullable Object> T locked(Function<Seen, T> action) {
        row.lock();
        try {
            return skus.locked(seen -> action.apply(new HoldSeen(row.snapshot(), seen)));
        } finally {
            row.unlock();
        }
    }

    @Override
    public boolean isForgotten() {
        return row.isForgotten() || skus.isForgotten();
    }

    @Override
    public void apply(Accepted accepted, Seen seen, Instant at, Commit fate) {
        skus.apply(accepted, ((HoldSeen) seen).skus(), at, fate);
        row.apply(accepted.hold(), fate);
    }

    @Override
    public void restore(Seen before) {
        skus.restore(((HoldSeen) before).skus());
        row.restore(((HoldSeen) before).row());
    }

    @Override
    public boolean settle(Commit durable) {
        boolean all = skus.settle(durable);
        return row.settle(durable) && all;
    }

    @Override
    public void forgetIfEmpty() {
        skus.forgetIfEmpty();
        table.forgetIfEmpty(row);
    }
}
