package retail.inventory.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;
import retail.inventory.access.AuditTrail;

/** Whether the trail of acts has everything. */
@Component
class TrailMetrics implements MeterBinder {

    private final AuditTrail trail;

    TrailMetrics(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("inventory.access.trail.lost", trail, AuditTrail::lost)
                .description("refusals, starts and readings of keys that are in no line of the trail")
                .register(registry);
    }
}
