package retail.inventory.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.boot.ClockWatch;
import retail.inventory.central.ViewListener;
import retail.inventory.journal.Event;

/**
 * How long events take from their decision until the central view has them: of each batch the oldest one, for the others
 * took less. Those of a life before this one are left out: they waited for the start. So are those from before the wall clock
 * was set.
 */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'api'")
class VisibleDelay implements ViewListener {

    private static final long[] LIMITS_MS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 60_000};

    private final InstantSource clock;
    private final ClockWatch watch;
    private final Timer timer;

    VisibleDelay(MeterRegistry registry, InstantSource clock, ClockWatch watch) {
        this.clock = clock;
        this.watch = watch;
        this.timer = Timer.builder("inventory.central.visible")
                .description("from the decision of an event until the central view has it, the oldest of each batch")
                .serviceLevelObjectives(
                        LongStream.of(LIMITS_MS).mapToObj(Duration::ofMillis).toArray(Duration[]::new))
                .register(registry);
    }

    @Override
    public void visible(Event oldest) {
        long nowMs = clock.millis();
        if (oldest.atMs() >= watch.look() && oldest.atMs() <= nowMs) {
            timer.record(nowMs - oldest.atMs(), TimeUnit.MILLISECONDS);
        }
    }
}
