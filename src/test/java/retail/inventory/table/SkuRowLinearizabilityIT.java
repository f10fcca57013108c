package retail.inventory.table;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import retail.inventory.lincheck.Linearizability;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.SkuRow.Snapshot;

/** Rows of the table under several threads: each SKU has one row, and its changes come one after the other. */
@Isolated("Lincheck rewrites classes that others use")
class SkuRowLinearizabilityIT {

    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

    @Test
    void rowsAreLinearizableUnderStress() {
        Linearizability.stress(Rows.class);
    }

    @Test
    void rowsAreLinearizableWhateverTheSwitches() {
        Linearizability.modelCheck(Rows.class);
    }

    @Test
    void aRowThatIsChangedWithoutItsLockIsFound() {
        Linearizability.requireFound(UnlockedRows.class);
    }

    @Test
    void aSkuWithTwoRowsIsFound() {
        Linearizability.requireFound(TwoRows.class);
    }

    /** A change whose fate is open, and what the row was before it. */
    private record Open(Snapshot before) implements Commit {
        @Override
        public boolean await() {
            throw new AssertionError("nobody waits here");
        }
    }

    /** What the service and the writer of inventory files do with two SKUs. */
    @Param(name = "sku", gen = IntGen.class, conf = "1:2")
    public static class Rows {

        final InventoryTable table = new InventoryTable();

        @Operation
        public String deliver(@Param(name = "sku") int sku) {
            return change(row(sku), now -> next(sku, now));
        }

        @Operation
        public String takeBack(@Param(name = "sku") int sku) {
            SkuRow row = row(sku);
            return row.holding(now -> {
                if (now.commit() instanceof Open latest) {
                    row.restore(latest.before());
                }
                return told(row.snapshot());
            });
        }

        @Operation
        public void settle(@Param(name = "sku") int sku) {
            SkuRow row = row(sku);
            Commit latest = row.snapshot().commit();
            while (latest != null && !row.settle(latest)) { // another change came between the two steps
                latest = row.snapshot().commit();
            }
        }

        @Operation
        public String read(@Param(name = "sku") int sku) {
            SkuRow row = table.find(key(sku));
            return row == null ? "nothing" : told(row.snapshot());
        }

        @Operation(nonParallelGroup = "files")
        public Set<String> takeDirty() {
            Set<String> due = new TreeSet<>();
            table.takeDirty().forEach(row -> due.add(row.sku()));
            return due;
        }

        SkuRow row(int sku) {
            return table.findOrCreate(key(sku));
        }

        String change(SkuRow row, Function<Snapshot, InventoryRecord> next) {
            return row.holding(now -> {
                row.apply(next.apply(now), new Open(now));
                return told(row.snapshot());
            });
        }
    }

    /** The row is read under its lock, and changed without it. */
    public static class UnlockedRows extends Rows {
        @Override
        String change(SkuRow row, Function<Snapshot, InventoryRecord> next) {
            Snapshot now = row.snapshot();
            row.apply(next.apply(now), new Open(now));
            return told(row.snapshot());
        }
    }

    /** Two threads that find no row put two in place. */
    public static class TwoRows extends Rows {
        private final ConcurrentMap<Integer, SkuRow> rows = new ConcurrentHashMap<>();

        @Override
        SkuRow row(int sku) {
            SkuRow found = rows.get(sku);
            if (found == null) {
                found = new SkuRow(new StoreRows(table, "A"), "SKU " + sku);
                rows.put(sku, found);
            }
            return found;
        }
    }

    private static StockKey key(int sku) {
        return new StockKey("A", "SKU " + sku);
    }

    private static InventoryRecord next(int sku, Snapshot now) {
        InventoryRecord held = now.record();
        return held == null
                ? new InventoryRecord(key(sku), 10, 1, AT)
                : new InventoryRecord(held.key(), held.qty() + 10, held.version() + 1, AT);
    }

    private static String told(Snapshot row) {
        InventoryRecord record = row.record();
        return (record == null ? "nothing" : record.qty() + "@" + record.version())
                + (row.commit() == null ? "" : " or not");
    }
}
