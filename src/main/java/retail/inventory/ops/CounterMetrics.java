package retail.inventory.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import retail.inventory.admission.Door;
import retail.inventory.admission.RateLimit;
import retail.inventory.admission.Traffic;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventLog.State;

/** The counters, and what waits now, for Prometheus. */
@Component
class CounterMetrics implements MeterBinder {

    private final Counters counters;
    private final Door door;
    private final ObjectProvider<EventLog> log;

    CounterMetrics(Counters counters, Door door, ObjectProvider<EventLog> log) {
        this.counters = counters;
        this.door = door;
        this.log = log;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counters.all()
                .forEach((name, count) -> FunctionCounter.builder(
                                "inventory." + dotted(name), count, counted -> counted.getAsLong())
                        .description("as " + name + " of /metrics")
                        .register(registry));
        Gauge.builder("inventory.requests.active", door.traffic(), Traffic::inFlight)
                .description("requests that are being served, streams included")
                .register(registry);
        Gauge.builder("inventory.rate.limit.clients", door.rateLimit(), RateLimit::clients)
                .description("clients that have sent something of late")
                .register(registry);
        Gauge.builder("inventory.waiting", door, Door::waiting)
                .description("changes and syncs that wait for their turn")
                .register(registry);
        log.ifAvailable(one -> {
            Gauge.builder("inventory.log.queue", one, of -> of.status().queueDepth())
                    .description("events that wait for the disk")
                    .register(registry);
            TimeGauge.builder(
                            "inventory.log.busy",
                            one,
                            TimeUnit.MILLISECONDS,
                            of -> of.status().busyMs())
                    .description("how long the disk has been at work on the same write")
                    .register(registry);
            Gauge.builder("inventory.read.only", one, of -> of.status().state() == State.READ_ONLY ? 1 : 0)
                    .description("1 while the log cannot be written")
                    .register(registry);
        });
    }

    /** {@code idempotentHits} as {@code idempotent.hits}. */
    private static String dotted(String name) {
        return name.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
    }
}
