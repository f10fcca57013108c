package retail.inventory.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import retail.inventory.admission.Door;
import retail.inventory.admission.Traffic;
import retail.inventory.central.SnapshotWriter;
import retail.inventory.disk.DiskBreakers;
import retail.inventory.service.Idempotency;

/** What this process has counted since its start, by name, for {@code /metrics} and for Prometheus. */
@Component
class Counters {

    /** Leases between processes: this version has none, so none was ever taken, waited for, stolen, lost or refused. */
    private static final String[] LOCKS = {"lockAcquired", "lockContended", "lockStolen", "lockExpired", "lockRejected"
    };

    private final Map<String, LongSupplier> all = new LinkedHashMap<>();

    Counters(
            Door door,
            DiskBreakers breakers,
            ObjectProvider<Idempotency> idempotency,
            ObjectProvider<SnapshotWriter> snapshots) {
        Traffic traffic = door.traffic();
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
        for (String lock : LOCKS) {
            all.put(lock, () -> 0);
        }
    }

    /** Each counter by its name, in an order for people. */
    Map<String, LongSupplier> all() {
        return all;
    }
}
