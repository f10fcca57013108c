package retail.inventory.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import retail.inventory.audit.Audit;
import retail.inventory.central.SnapshotWriter;
import retail.inventory.central.SyncWorker;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.RoleLock;
import retail.inventory.journal.EventLog;
import retail.inventory.lease.FileLeases;
import retail.inventory.service.HoldSweeper;

/** How the tasks behind the requests are doing, for readiness and for Prometheus. */
@Component
public class BackgroundWork implements MeterBinder {

    /** Why the last try of each task failed, by the task's name; empty when it did not. */
    private final Map<String, Supplier<String>> problems = new TreeMap<>();

    BackgroundWork(
            ObjectProvider<InventoryFileWriter> inventoryFiles,
            ObjectProvider<SnapshotWriter> snapshots,
            ObjectProvider<LogCompaction> compaction,
            ObjectProvider<HoldSweeper> sweeper,
            ObjectProvider<SyncWorker> sync,
            ObjectProvider<Audit> audit,
            ObjectProvider<RoleLock> roles,
            ObjectProvider<EventLog> log,
            ObjectProvider<FileLeases> leases,
            DataDirectory data) {
        problems.put("data-directory", data::problem);
        inventoryFiles.ifAvailable(one -> problems.put("inventory-files", one::problem));
        snapshots.ifAvailable(one -> problems.put("snapshots", one::problem));
        compaction.ifAvailable(one -> problems.put("compaction", one::problem));
        sweeper.ifAvailable(one -> problems.put("holds", one::problem));
        sync.ifAvailable(one -> problems.put("sync", one::problem));
        roles.stream().filter(RoleLock::isShared).forEach(one -> problems.put("role-" + one.name(), one::problem));
        leases.ifAvailable(one -> {
            problems.put("leases", one::problem);
            log.ifAvailable(shared -> problems.put("others-events", shared::followingProblem));
        });
        audit.ifAvailable(one -> problems.put("audit", () -> one.report().problem()));
    }

    /** The tasks whose last try failed, and why. */
    public Map<String, String> problems() {
        Map<String, String> now = new TreeMap<>();
        problems.forEach((task, problem) -> now.put(task, problem.get()));
        now.values().removeIf(String::isEmpty);
        return now;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        problems.forEach((task, problem) -> Gauge.builder(
                        "inventory.task.failing", problem, of -> of.get().isEmpty() ? 0 : 1)
                .description("1 while the last try of a task behind the requests has failed")
                .tag("task", task)
                .register(registry));
    }
}
