package retail.inventory.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.audit.Audit;
import retail.inventory.central.Central;
import retail.inventory.central.CentralDeadLetters;
import retail.inventory.central.CentralInventory;
import retail.inventory.central.SnapshotWriter;
import retail.inventory.central.SyncWorker;

/** The central view in figures: how far behind, how complete, how right; no figures while another process has it. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'api'")
class CentralMetrics implements MeterBinder {

    private final Central central;
    private final SyncWorker worker;
    private final CentralInventory view;
    private final CentralDeadLetters letters;
    private final Audit audit;
    private final SnapshotWriter snapshots;

    CentralMetrics(
            Central central,
            SyncWorker worker,
            CentralInventory view,
            CentralDeadLetters letters,
            Audit audit,
            SnapshotWriter snapshots) {
        this.central = central;
        this.worker = worker;
        this.view = view;
        this.letters = letters;
        this.audit = audit;
        this.snapshots = snapshots;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(
                        "inventory.central.lag",
                        worker,
                        TimeUnit.MILLISECONDS,
                        one -> orNone(one.freshness().lagMs()))
                .description("how old the central view is")
                .register(registry);
        gauge(
                registry,
                "inventory.central.behind",
                "durable events that the central view lacks",
                () -> worker.behind());
        gauge(registry, "inventory.central.sequence", "the event up to which it is complete", () -> worker.position());
        gauge(registry, "inventory.central.skus", "SKUs of all stores in it", () -> view.size());
        gauge(registry, "inventory.dead.letters", "events it could not apply", () -> letters.size());
        gauge(
                registry,
                "inventory.audit.checked",
                "SKUs compared by the latest audit",
                () -> audit.report().checked());
        gauge(
                registry,
                "inventory.audit.mismatches",
                "SKUs found different by it",
                () -> audit.report().mismatches());
        bindSnapshots(registry);
    }

    private void bindSnapshots(MeterRegistry registry) {
        TimeGauge.builder("inventory.snapshot.age", snapshots, TimeUnit.SECONDS, one -> orNone(one.ageSeconds()))
                .description("how long ago the newest snapshot was last as new as it should be")
                .register(registry);
        gauge(registry, "inventory.snapshot.behind", "events of the view that it lacks", () -> snapshots.behind());
    }

    private double orNone(Number value) {
        return central.isStandingBy() ? Double.NaN : value.doubleValue();
    }

    private void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, () -> orNone(value.get())).description(description).register(registry);
    }
}
