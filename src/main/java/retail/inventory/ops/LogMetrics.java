package retail.inventory.ops;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.file.LogFootprint;

/** The log in figures: what waits for the disk, how long that takes, how many share a sync, what it takes on the disk. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class LogMetrics implements MeterBinder {

    /** In microseconds: from a disk that has a battery to one that hangs. */
    private static final long[] FORCE_MICROS = {
        50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000
    };

    private static final double[] BATCH_EVENTS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

    private final EventLog log;
    private final LogFootprint footprint;

    LogMetrics(EventLog log, LogFootprint footprint) {
        this.log = log;
        this.footprint = footprint;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bindBatches(registry);
        Gauge.builder("inventory.log.queue", log, of -> of.status().queueDepth())
                .description("events that wait for the disk")
                .register(registry);
        TimeGauge.builder(
                        "inventory.log.busy",
                        log,
                        TimeUnit.MILLISECONDS,
                        of -> of.status().busyMs())
                .description("how long the disk has been at work on the same write")
                .register(registry);
        TimeGauge.builder("inventory.durable.lag", log, TimeUnit.NANOSECONDS, EventLog::durableLagNanos)
                .description("how long the oldest event that is not durable yet has waited")
                .register(registry);
        Gauge.builder("inventory.read.only", log, of -> of.status().state() == State.READ_ONLY ? 1 : 0)
                .description("1 while the log cannot be written")
                .register(registry);
        Gauge.builder("inventory.log.bytes", footprint, of -> of.latest().bytes())
                .description("size of the log's files, the archive left out")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("inventory.log.segments", footprint, of -> of.latest().segments())
                .description("files of the log, the archive left out")
                .register(registry);
    }

    private void bindBatches(MeterRegistry registry) {
        Timer forces = Timer.builder("inventory.log.fsync")
                .description("how long the disk took to make a batch durable")
                .serviceLevelObjectives(LongStream.of(FORCE_MICROS)
                        .mapToObj(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
                        .toArray(Duration[]::new))
                .register(registry);
        DistributionSummary batches = DistributionSummary.builder("inventory.log.batch")
                .description("events that became durable by one sync of the disk")
                .baseUnit(BaseUnits.EVENTS)
                .serviceLevelObjectives(BATCH_EVENTS)
                .register(registry);
        log.onBatch((events, forceNanos) -> {
            batches.record(events);
            forces.record(forceNanos, TimeUnit.NANOSECONDS);
        });
    }
}
