package retail.inventory.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.journal.EventLog;
import retail.inventory.service.HoldSweeper;
import retail.inventory.service.Idempotency;
import retail.inventory.table.HoldTable;
import retail.inventory.table.InventoryTable;

/** The records of the stores in figures: how many there are, and how far their files are behind them. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class StoresMetrics implements MeterBinder {

    private final InventoryTable table;
    private final InventoryFiles files;
    private final InventoryFileWriter writer;
    private final EventLog log;
    private final Idempotency idempotency;
    private final HoldSweeper sweeper;

    StoresMetrics(
            InventoryTable table,
            InventoryFiles files,
            InventoryFileWriter writer,
            EventLog log,
            Idempotency idempotency,
            HoldSweeper sweeper) {
        this.table = table;
        this.files = files;
        this.writer = writer;
        this.log = log;
        this.idempotency = idempotency;
        this.sweeper = sweeper;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("inventory.table.skus", table, InventoryTable::size)
                .description("SKUs of all stores that have a record")
                .register(registry);
        Gauge.builder("inventory.table.stores", table, InventoryTable::storeCount)
                .description("stores that have SKUs")
                .register(registry);
        Gauge.builder("inventory.table.skus.max", table, of -> of.bounds().skusMax())
                .description("SKUs of all stores that there may be")
                .register(registry);
        Gauge.builder("inventory.table.stores.max", table, of -> of.bounds().storesMax())
                .description("stores that there may be")
                .register(registry);
        HoldTable holds = table.holds();
        Gauge.builder("inventory.holds.open", holds, HoldTable::open)
                .description("holds that are neither closed nor written down as ended")
                .register(registry);
        Gauge.builder("inventory.holds", holds, HoldTable::size)
                .description("holds that are remembered, open or over")
                .register(registry);
        Gauge.builder("inventory.holds.max", holds, HoldTable::sizeMax)
                .description("holds that may be remembered")
                .register(registry);
        FunctionCounter.builder("inventory.holds.expired", sweeper, HoldSweeper::expired)
                .description("holds whose end was written down")
                .register(registry);
        Gauge.builder("inventory.idempotency.keys", idempotency, Idempotency::size)
                .description("idempotency keys that are remembered")
                .register(registry);
        TimeGauge.builder("inventory.checkpoint.age", writer, TimeUnit.SECONDS, InventoryFileWriter::ageSeconds)
                .description("how long ago the inventory files last had all that was durable")
                .register(registry);
        Gauge.builder("inventory.checkpoint.behind", this, StoresMetrics::behind)
                .description("durable events that they lack")
                .register(registry);
    }

    /** Only who writes the files knows. */
    private double behind() {
        return Double.isNaN(writer.ageSeconds())
                ? Double.NaN
                : Math.max(0, log.durableSequence() - files.savedThrough());
    }
}
