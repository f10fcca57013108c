package retail.inventory.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.springframework.stereotype.Component;
import retail.inventory.admission.Admission;
import retail.inventory.admission.BodyBudget;
import retail.inventory.admission.RateLimit;
import retail.inventory.admission.RequestCounters;
import retail.inventory.background.DiskBreaker;
import retail.inventory.background.DiskBreakers;
import retail.inventory.journal.EventFeed;

/** The counters, what waits now, and whether the disk is trusted, for Prometheus. */
@Component
class CounterMetrics implements MeterBinder {

    private final Counters counters;
    private final Admission door;
    private final DiskBreakers breakers;
    private final EventFeed feed;

    CounterMetrics(Counters counters, Admission door, DiskBreakers breakers, EventFeed feed) {
        this.counters = counters;
        this.door = door;
        this.breakers = breakers;
        this.feed = feed;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counters.all()
                .forEach((name, count) -> FunctionCounter.builder(
                                "inventory." + dotted(name), count, counted -> counted.getAsLong())
                        .description("as " + name + " of /metrics")
                        .register(registry));
        Gauge.builder("inventory.requests.active", door.traffic(), RequestCounters::inFlight)
                .description("requests that are being served, streams included")
                .register(registry);
        Gauge.builder("inventory.rate.limit.clients", door.rateLimit(), RateLimit::clients)
                .description("clients that have sent something of late")
                .register(registry);
        Gauge.builder("inventory.bodies", door.bodies(), BodyBudget::held)
                .description("bodies of requests that are held now")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("inventory.waiting", door, Admission::waiting)
                .description("changes and syncs that wait for their turn")
                .register(registry);
        Gauge.builder("inventory.log.sequence", feed, EventFeed::durableSequence)
                .description("the latest durable event")
                .register(registry);
        breakers.states().keySet().forEach(breaker -> {
            for (DiskBreaker.State state : DiskBreaker.State.values()) {
                Gauge.builder("inventory.breaker.state", () -> breakers.states().get(breaker) == state ? 1 : 0)
                        .description("1 for the state that a circuit breaker is in, 0 for the others")
                        .tag("breaker", breaker)
                        .tag("state", state.name().toLowerCase(Locale.ROOT))
                        .register(registry);
            }
        });
    }

    /** {@code idempotentHits} as {@code idempotent.hits}. */
    private static String dotted(String name) {
        return name.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
    }
}
