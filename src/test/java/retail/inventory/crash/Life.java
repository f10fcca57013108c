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
import retail.inventory.disk.ImpatientBreakers;
import retail.inventory.disk.SimDisk;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.file.FileEventLog;
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
    private static final FileEventLog.Options OPTIONS = new FileEventLog.Options(3000, 1 << 20, 1, false, null);
    private static final DeadLetters NONE = (reason, place, bytes) -> {
        throw new AssertionError("nothing is quarantined: " + reason);
    };

    private final SimDisk disk;
    private final InstantSource clock;
    private final InventoryTable table = new InventoryTable();
    private final FileEventLog log;
    private final InventoryFiles files;
    private final InventoryService service;
    private final Recovery recovery;

    Life(SimDisk disk, Instant now) {
        this.disk = disk;
        clock = InstantSource.fixed(now);
        log = new FileEventLog(disk, LOG, OPTIONS, NONE);
        files = new InventoryFiles(disk, INVENTORY, table);
        Idempotency idempotency = new Idempotency(clock, KEY_TTL.toMillis(), 1000, 10_000);
        service = new InventoryService(log, table, idempotency, clock, 10_000);
        recovery = new Recovery(files, log, table, idempotency, KEY_TTL, clock);
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

    /** Sends a request and tells the oracle how it ended. */
    void send(Request request, Oracle oracle) {
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
        } catch (OutcomeUnknownException e) {
            oracle.unknown(request);
        } catch (ServiceUnavailableException e) {
            oracle.refused(request);
        }
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
            files.save(log::durableSequence, nanos -> {});
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Lets go of what the files have; what fails stays. */
    void compact() {
        try {
            log.release(files.savedThrough(), clock.instant().minus(KEY_TTL), nanos -> {});
        } catch (LogUnavailableException injected) {
            // the next pass goes on
        }
    }

    /** Ends the process after its disk has died, or in good order. */
    void end() {
        log.close();
    }

    void requireAgreement(Oracle oracle, List<StockKey> keys) {
        List<Event> events = new ArrayList<>();
        try (FileEventLog reader = new FileEventLog(disk.copy(), LOG, OPTIONS, NONE)) {
            reader.open(0, Instant.EPOCH, events::add);
        }
        Map<StockKey, InventoryRecord> records = new HashMap<>();
        for (StockKey key : keys) {
            InventoryRecord record = service.find(key);
            if (record != null) {
                records.put(key, record);
            }
        }
        oracle.requireAgreement(events, records);
    }
}
