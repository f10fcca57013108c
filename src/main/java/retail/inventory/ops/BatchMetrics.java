package retail.inventory.ops;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.journal.BatchObserver;

/** How many events share a sync of the log, and how long that takes. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class BatchMetrics implements BatchObserver {

    /** In microseconds: from a disk that has a battery to one that hangs. */
    private static final long[] FORCE_MICROS = {
        50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000
    };

    private static final double[] BATCH_EVENTS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

    private final Timer forces;
    private final DistributionSummary batches;

    BatchMetrics(MeterRegistry registry) {
        forces = Timer.builder("inventory.log.fsync")
                .description("how long the disk took to make a batch durable")
                .serviceLevelObjectives(LongStream.of(FORCE_MICROS)
                        .mapToObj(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
                        .toArray(Duration[]::new))
                .register(registry);
        batches = DistributionSummary.builder("inventory.log.batch")
                .description("events that became durable by one sync of the disk")
                .baseUnit(BaseUnits.EVENTS)
                .serviceLevelObjectives(BATCH_EVENTS)
                .register(registry);
    }

    @Override
    public void durable(long first, long last, long nanos, long forceNanos) {
        batches.record((double) (last - first + 1));
        forces.record(forceNanos, TimeUnit.NANOSECONDS);
    }
}
