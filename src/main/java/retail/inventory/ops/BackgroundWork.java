package retail.inventory.ops;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import retail.inventory.central.Audit;
import retail.inventory.central.SnapshotWriter;
import retail.inventory.central.SyncWorker;
import retail.inventory.table.InventoryFileWriter;

/** How the tasks behind the requests are doing. */
@Component
class BackgroundWork {

    private final ObjectProvider<InventoryFileWriter> inventoryFiles;
    private final ObjectProvider<SnapshotWriter> snapshots;
    private final ObjectProvider<LogCompaction> compaction;
    private final ObjectProvider<SyncWorker> sync;
    private final ObjectProvider<Audit> audit;

    BackgroundWork(
            ObjectProvider<InventoryFileWriter> inventoryFiles,
            ObjectProvider<SnapshotWriter> snapshots,
            ObjectProvider<LogCompaction> compaction,
            ObjectProvider<SyncWorker> sync,
            ObjectProvider<Audit> audit) {
        this.inventoryFiles = inventoryFiles;
        this.snapshots = snapshots;
        this.compaction = compaction;
        this.sync = sync;
        this.audit = audit;
    }

    /** The tasks whose last try failed, and why. */
    Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>();
        inventoryFiles.ifAvailable(one -> problems.put("inventory-files", one.problem()));
        snapshots.ifAvailable(one -> problems.put("snapshots", one.problem()));
        compaction.ifAvailable(one -> problems.put("compaction", one.problem()));
        sync.ifAvailable(one -> problems.put("sync", one.problem()));
        audit.ifAvailable(one -> problems.put("audit", one.report().problem()));
        problems.values().removeIf(String::isEmpty);
        return problems;
    }
}
