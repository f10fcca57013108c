package retail.inventory.boot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.central.CentralFiles;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.files.RoleLock;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.service.HoldSweeper;
import retail.inventory.service.InventoryService;
import retail.inventory.service.Recovery;

/** The start of the part that owns the log and the stores' records. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class StoresStart implements MeterBinder {

    private final InventoryFiles files;
    private final Recovery recovery;
    private final InventoryService service;
    private final InventoryFileWriter writer;
    private final CentralFiles centralFiles;
    private final LogCompaction compaction;
    private final HoldSweeper sweeper;
    private final EventLog log;
    private final ObjectProvider<RoleLock> centralRole;
    private volatile Recovery.@Nullable Report latest;

    StoresStart(
            InventoryFiles files,
            Recovery recovery,
            InventoryService service,
            InventoryFileWriter writer,
            CentralFiles centralFiles,
            LogCompaction compaction,
            HoldSweeper sweeper,
            EventLog log,
            @Qualifier("centralRole") ObjectProvider<RoleLock> centralRole) {
        this.files = files;
        this.recovery = recovery;
        this.service = service;
        this.writer = writer;
        this.centralFiles = centralFiles;
        this.compaction = compaction;
        this.sweeper = sweeper;
        this.log = log;
        this.centralRole = centralRole;
    }

    /** Begins to read the inventory files while the rest of the service starts. */
    void readAhead() {
        files.readAhead();
    }

    /** Rebuilds the records and lets callers in; what was found, for a person. */
    String recover() {
        Recovery.Report report = recovery.run(service, writer);
        latest = report;
        RoleLock central = centralRole.getIfAvailable();
        if (central == null || central.isHeld()) { // who stands by leaves the central view's files alone
            putSnapshotsAside();
        }
        return report.sequence() == 0 ? "new, nothing to recover" : recovered(report);
    }

    private void putSnapshotsAside() {
        try {
            centralFiles.putAsideBeyond(() -> {
                log.catchUp();
                return log.durableSequence();
            });
        } catch (IOException e) {
            throw new LogUnavailableException(Cause.STORAGE_FAILED, "The central snapshots cannot be read: " + e);
        }
    }

    void startBackgroundWork() {
        compaction.start();
        sweeper.start();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        TimeGauge.builder(
                        "inventory.recovery",
                        () -> found(report -> report.took().toNanos()),
                        TimeUnit.NANOSECONDS)
                .description("how long the start took to rebuild the records of the stores")
                .register(registry);
        Gauge.builder("inventory.recovery.events", () -> found(Recovery.Report::events))
                .description("events that it read from the log for that")
                .register(registry);
    }

    private double found(ToDoubleFunction<Recovery.Report> part) {
        Recovery.Report report = latest;
        return report == null ? Double.NaN : part.applyAsDouble(report);
    }

    private static String recovered(Recovery.Report report) {
        return String.format(
                Locale.ROOT,
                "recovered %,d SKUs through sequence %,d in %s (%,d events, %.1f MiB of log read)",
                report.skus(),
                report.sequence(),
                seconds(report.took()),
                report.events(),
                report.bytes() / 1048576.0);
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.2f s", took.toNanos() / 1e9);
    }
}
