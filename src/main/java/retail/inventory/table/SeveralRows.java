package retail.inventory.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/**
 * Rows of some SKUs. One that no store has is none of them, and stays unlocked.
 *
 * @param keys of the rows, in order
 * @param rows one for each key
 */
record SeveralRows(List<StockKey> keys, List<SkuRow> rows) implements Rows {

    /**
     * The rows at one moment.
     *
     * @param rows one for each key
     */
    record SeveralSeen(List<StockKey> keys, List<SkuRow.Snapshot> rows) implements Seen {

        @Override
        public @Nullable InventoryRecord record(StockKey key) {
            int place = Collections.binarySearch(keys, key);
            return place < 0 ? null : rows.get(place).record();
        }

        @Override
        public boolean isDurable() {
            boolean durable = true;
            for (SkuRow.Snapshot row : rows) {
                durable &= row.isDurable();
            }
            return durable;
        }
    }

    @Override
    public <T extends @Nullable Object> T locked(Function<Seen, T> action) {
        int locked = 0;
        try {
            while (locked < rows.size()) {
                rows.get(locked).lock();
                locked++;
            }
            return action.apply(seen());
        } finally {
            while (locked > 0) {
                rows.get(--locked).unlock();
            }
        }
    }

    private SeveralSeen seen() {
        List<SkuRow.Snapshot> seen = new ArrayList<>(rows.size());
        for (SkuRow row : rows) {
            seen.add(row.snapshot());
        }
        return new SeveralSeen(keys, seen);
    }

    @Override
    public boolean isForgotten() {
        return rows.stream().anyMatch(SkuRow::isForgotten);
    }

    @Override
    public void apply(Accepted accepted, Seen seen, Instant at, Commit fate) {
        Movements movements = accepted.movements();
        for (int i = 0; i < movements.size(); i++) {
            Movement movement = movements.get(i);
            int place = Collections.binarySearch(keys, movement.key());
            rows.get(place)
                    .apply(movement, ((SeveralSeen) seen).rows().get(place).record(), at, fate);
        }
    }

    @Override
    public void restore(Seen before) {
        List<SkuRow.Snapshot> all = ((SeveralSeen) before).rows();
        for (int i = 0; i < all.size(); i++) {
            rows.get(i).restore(all.get(i));
        }
    }

    @Override
    public boolean settle(Commit durable) {
        boolean latest = true;
        for (SkuRow row : rows) {
            latest &= row.settle(durable);
        }
        return latest;
    }

    @Override
    public void forgetIfEmpty() {
        rows.forEach(SkuRow::forgetIfEmpty);
    }
}
