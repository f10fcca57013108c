package retail.inventory.service;

import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import retail.inventory.journal.EventLog;
import retail.inventory.lease.Leases;
import retail.inventory.table.InventoryTable;

/** Services for the tests of other packages. */
public final class Services {

    private Services() {}

    /** One whose event ids come from a source of the test's. */
    public static InventoryService create(
            EventLog log,
            InventoryTable table,
            Idempotency idempotency,
            InstantSource clock,
            long commitTimeoutMs,
            RandomGenerator ids) {
        return new InventoryService(
                log,
                table,
                idempotency,
                clock,
                commitTimeoutMs,
                new EventIds(() -> ids),
                Leases.NONE,
                Slot.UNLIMITED,
                Tracing.NONE);
    }

    /** A pass of a sweeper that is the only one. */
    public static Runnable sweeper(InventoryService service, InventoryTable table, Duration memory) {
        return new HoldSweeper(service, table.holds(), () -> true, memory)::pass;
    }
}
