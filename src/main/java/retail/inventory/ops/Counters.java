package retail.inventory.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import retail.inventory.admission.Admission;
import retail.inventory.admission.RequestCounters;
import retail.inventory.background.DiskBreakers;
import retail.inventory.central.SnapshotWriter;
import retail.inventory.lease.FileLeases;
import retail.inventory.lease.LeaseCounts;
import retail.inventory.service.Idempotency;

/** What this process has counted since its start, by name, for {@code /metrics} and for Prometheus. */
@Component
class Counters {

    private final Map<String, LongSupplier> all = new LinkedHashMap<>();

    Counters(
            Admission door,
            DiskBreakers breakers,
            ObjectProvider<Idempotency> idempotency,
            ObjectProvider<SnapshotWriter> snapshots,
            ObjectProvider<FileLeases> leases) {
        RequestCounters traffic = door.traffic();
        all.put("requests", traffic::requests);
        all.put("errors", traffic::errors);
        all.put("clientErrors", traffic::clientErrors);
        all.put("conflicts", traffic::conflicts);
        idempotency.ifAvailable(one -> all.put("idempotentHits", one::replays));
        all.put("rateLimited", traffic::rateLimitedTotal);
        all.put("shed", traffic::shedTotal);
        all.put("breakerOpen", breakers::opened);
        all.put("fsRetries", breakers::repeated);
        snapshots.ifAvailable(one -> all.put("snapshots", one::count));
        Supplier<LeaseCounts> counts = () -> {
            FileLeases shared = leases.getIfAvailable();
            return shared == null ? LeaseCounts.NONE : shared.counts();
        };
        all.put("lockAcquired", () -> counts.get().acquired());
        all.put("lockContended", () -> counts.get().contended());
        all.put("lockStolen", () -> counts.get().stolen());
        all.put("lockExpired", () -> counts.get().expired());
        all.put("lockRejected", () -> counts.get().rejected());
    }

    /** Each counter by its name, in an order for people. */
    Map<String, LongSupplier> all() {
        return all;
    }
}
