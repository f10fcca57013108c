package retail.inventory.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.file.LogFootprint;

/** The log in figures: what waits for the disk, and what it takes there. Of its batches {@link BatchMetrics} is told. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class LogMetrics implements MeterBinder {

    private final EventLog log;
    private final LogFootprint footprint;

    LogMetrics(EventLog log, LogFootprint footprint) {
        this.log = log;
        this.footprint = footprint;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
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
}
