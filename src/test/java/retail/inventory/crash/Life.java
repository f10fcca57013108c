package retail.inventory.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import retail.inventory.crash.Oracle.Request;
import retail.inventory.disk.Disk;
import retail.inventory.disk.DiskBreaker;
import retail.inventory.disk.DiskBreakers;
import retail.inventory.disk.ImpatientBreakers;
import retail.inventory.disk.SimDisk;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.journal.file.Logs;
import retail.inventory.service.Answer;
import retail.inventory.service.Idempotency;
import retail.inventory.service.InventoryService;
import retail.inventory.service.OutcomeUnknownException;
import retail.inventory.service.Recovery;
import retail.inventory.service.ServiceUnavailableException;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.InventoryFileWriter;
import retail.inventory.table.InventoryFiles;
import retail.inventory.table.InventoryTable;

/** One process, from its start on a disk to its end. */
final class Life {

    /** A key is good for the life it was used in and the one after it. */
    static final Duration KEY_TTL = Duration.ofSeconds(90);

    static final Duration BETWEEN_LIVES = Duration.ofSeconds(60);

    private static final Path LOG = Path.of("/data/wal");
    private static final Path INVENTORY = Path.of("/data/inventory");
    private static final int SEGMENT_BYTES = 3000;
    private static final DeadLetters NONE = (reason, place, bytes) -> {
        throw new AssertionError("nothing is quarantined: " + reason);
    };

    private final SimDisk disk;
    private final InstantSource clock;
    private final DiskBreaker saving;
    private final InventoryTable table = new InventoryTable();
    private final FileEventLog log;
    private final InventoryFiles files;
    private final InventoryService service;
    private final Recovery recovery;

    Life(SimDisk disk, Instant now) {
        this(disk, disk, InstantSource.fixed(now), ImpatientBreakers.create(), SEGMENT_BYTES);
    }

    /** One that reaches its disk through another one, with breakers and a clock that the test has in its hands. */
    Life(SimDisk disk, Disk through, InstantSource clock, DiskBreakers breakers, int segmentBytes) {
        this.disk = disk;
        this.clock = clock;
        saving = breakers.forRepeatable("inventory-files");
        log = Logs.create(through, LOG, options(segmentBytes), NONE, breakers);
        files = new InventoryFiles(through, INVENTORY, table);
        Idempotency idempotency = new Idempotency(clock, KEY_TTL.toMillis(), 1000, 10_000);
        service = new InventoryService(log, table, idempotency, clock, 10_000);
        recovery = new Recovery(files, log, table, idempotency, KEY_TTL, clock);
    }

    private static FileEventLog.Options options(int segmentBytes) {
        return new FileEventLog.Options(segmentBytes, 1 << 20, 1, false, null);
    }

    /**
     * Recovers.
     *
     * @throws LogUnavailableException when the disk fails
     */
    void start() {
        // the simulation says when files are written, so the writer that recovery starts gets a table of its own
        InventoryFiles nothing = new InventoryFiles(new SimDisk(), INVENTORY, new InventoryTable());
        InventoryFileWriter idle = new InventoryFileWriter(nothing, ImpatientBreakers.one());
        Recovery.Report report = recovery.run(service, idle);
        idle.close();
        assertThat(report.notes())
                .as("a crash leaves torn tails and nothing worse")
                .allMatch(note -> note.contains("never acknowledged"));
    }

    /** Sends a request and tells the oracle how it ended; false when that was for the disk's sake. */
    boolean send(Request request, Oracle oracle) {
        try {
            Answer answer = request.delta() > 0
                    ? service.adjust(
                            request.key(), request.delta(), request.expectedVersion(), request.idempotencyKey())
                    : service.reserve(
                            request.key(), -request.delta(), request.expectedVersion(), request.idempotencyKey());
            switch (answer) {
                case Answer.Accepted accepted -> oracle.accepted(request, accepted);
                case Answer.Refused refused -> {
                    oracle.refused(request);
                    InventoryRecord current = refused.rejection().current();
                    if (current != null) {
                        oracle.shown(current);
                    }
                }
                case Answer.KeyReused reused -> throw new AssertionError("no key is used twice: " + request);
            }
            return true;
        } catch (OutcomeUnknownException e) {
            oracle.unknown(request);
        } catch (ServiceUnavailableException e) {
            oracle.refused(request);
        }
        return false;
    }

    void read(StockKey key, Oracle oracle) {
        InventoryRecord record = service.find(key);
        if (record != null) {
            oracle.shown(record);
        }
    }

    /** A save pass; on a failing disk the rows stay due. */
    boolean save() {
        try {
            saving.run(() -> files.save(log::durableSequence, nanos -> {}));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets go of what the files have; what fails stays. */
    void compact() {
        compact(Long.MAX_VALUE);
    }

    /** The same, but not past a sequence that somebody else needs. */
    void compact(long through) {
        try {
            log.release(Math.min(through, files.savedThrough()), clock.instant().minus(KEY_TTL), nanos -> {});
        } catch (LogUnavailableException injected) {
            // the next pass goes on
        }
    }

    /** Ends the process after its disk has died, or in good order. */
    void end() {
        log.close();
    }

    FileEventLog log() {
        return log;
    }

    void requireAgreement(Oracle oracle, List<StockKey> keys) {
        oracle.requireAgreement(events(), records(keys));
    }

    /** All of the log, as another reader of the same files finds it. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        try (FileEventLog reader = new FileEventLog(disk.copy(), LOG, options(SEGMENT_BYTES), NONE)) {
            reader.open(0, Instant.EPOCH, events::add);
        }
        return events;
    }

    /** The records of those that have one. */
    Map<StockKey, InventoryRecord> records(List<StockKey> keys) {
        Map<StockKey, InventoryRecord> records = new HashMap<>();
        for (StockKey key : keys) {
            InventoryRecord record = service.find(key);
            if (record != null) {
                records.put(key, record);
            }
        }
        return records;
    }
}
