package retail.inventory.service;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;
import retail.inventory.table.InventoryTable;

/**
 * Rebuilds the state at start: inventory files, then the log after them; then lets callers in. When other processes write
 * to the log too, their events are applied the same way for as long as it is open.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** Gaps named one by one; more are only counted. */
    private static final int GAPS_NAMED = 100;

    private final InventoryFiles files;
    private final EventLog log;
    private final InventoryTable table;
    private final Idempotency idempotency;
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private long gaps;

    /** A recovery that has not run. */
    public Recovery(InventoryFiles files, EventLog log, InventoryTable table, Idempotency idempotency) {
        this.files = files;
        this.log = log;
        this.table = table;
        this.idempotency = idempotency;
    }

    /**
     * What was found.
     *
     * @param skus how many SKUs of how many stores have a record
     * @param sequence the latest event
     * @param events how many events were read from the log
     * @param bytes how many bytes that was
     * @param took how long it took
     * @param notes what a person should know: repairs, damage, gaps
     */
    public record Report(long skus, long sequence, long events, long bytes, Duration took, List<String> notes) {}

    /**
     * Runs once, at start.
     *
     * @throws LogDamagedException when acknowledged events cannot be read
     * @throws LogUnavailableException when the storage fails
     */
    public Report run(InventoryService service, InventoryFileWriter writer) {
        long start = System.nanoTime();
        InventoryFiles.Loaded loaded = loadFiles();
        if (loaded.problem() != null) {
            note("The inventory files cannot be used alone (" + loaded.problem() + "): reading the whole log instead.");
        }
        requireOfThisLog(files.positions());
        EventLog.Recovered recovered = log.open(loaded.through(), Duration.ofMillis(idempotency.ttlMs()), this::apply);
        idempotency.started(log.keysFrom());
        notes.addAll(recovered.repairs());
        if (gaps > 0) {
            note(gaps + " gaps in the versions of SKUs: events of them are lost.");
        }
        service.started();
        files.belongTo(log::logId);
        writer.start(log::durableSequence, log::catchUp);
        return new Report(
                table.size(),
                recovered.durableSequence(),
                recovered.events(),
                recovered.bytes(),
                Duration.ofNanos(System.nanoTime() - start),
                List.copyOf(notes));
    }

    private InventoryFiles.Loaded loadFiles() {
        try {
            return files.load();
        } catch (IOException e) {
            throw new LogUnavailableException(Cause.STORAGE_FAILED, "The inventory files cannot be read: " + e);
        }
    }

    /** Either may be the one that was meant, so nothing is put aside: numbers of another log would be believed, or lost. */
    private void requireOfThisLog(Map<String, Long> positions) {
        positions.forEach((logId, through) -> {
            if (through > log.holdsThrough(logId)) {
                throw new LogDamagedException("The inventory files go through sequence " + through + " of log " + logId
                        + ", which the log in wal/ is not, nor continues from there: put inventory/, wal/ and archive/ of"
                        + " one backup in their place, or move inventory/ away to have it made again from the log.");
            }
        });
    }

    private void apply(Event event) {
        for (int i = 0; i < event.movements().size(); i++) {
            apply(event, event.movements().get(i));
        }
        if (event.hold() != null) {
            table.holds().advance(event.hold());
        }
        idempotency.restore(event);
    }

    private void apply(Event event, Movement movement) {
        long held;
        try {
            event.requireKnownType();
            held = table.advance(movement, event.at());
        } catch (IllegalArgumentException e) {
            throw new LogDamagedException(
                    "The log has an event that this version cannot apply (sequence " + event.sequence()
                            + ", store " + movement.key().storeId() + ", SKU "
                            + movement.key().sku() + ": " + e.getMessage()
                            + "): restore it from a backup, or start the version that wrote it.");
        }
        if (movement.version() > held + 1) {
            gap(movement, held);
        }
    }

    private void gap(Movement movement, long held) {
        gaps++;
        if (gaps <= GAPS_NAMED) {
            StockKey key = movement.key();
            note(
                    "Store " + key.storeId() + ", SKU " + key.sku() + ": versions " + (held + 1) + " to "
                            + (movement.version() - 1) + " are missing.",
                    value("storeId", key.storeId()),
                    value("sku", key.sku()));
        }
    }

    private void note(String note, Object... fields) {
        LOG.warn(note, fields);
        notes.add(note);
    }
}
