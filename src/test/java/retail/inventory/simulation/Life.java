package retail.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.simulation.KnownLog.require;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import retail.inventory.background.DiskBreaker;
import retail.inventory.checkpoint.InventoryFileWriter;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.checkpoint.SmallFiles;
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
import retail.inventory.service.Services;
import retail.inventory.stock.Hold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.table.CommitTimeoutException;
import retail.inventory.table.HoldRow;
import retail.inventory.table.InventoryTable;

/** One process, from its start on a disk to its end: the log, the stores' table and files, the service. */
final class Life {

    /** How long idempotency keys are good for. */
    static final Duration KEY_TTL = Duration.ofSeconds(90);

    /** How long a hold that is over is remembered. */
    static final Duration HOLD_MEMORY = Duration.ofHours(24);

    static final Path LOG = Path.of("/data/wal");
    private static final Path INVENTORY = Path.of("/data/inventory");
    private static final int KEYS_MAX = 50_000;
    private static final int DO_A_LOT = 60;
    private static final StockKey NO_SKU = new StockKey("none", "none");
    private static final DeadLetters NONE = (reason, place, bytes) -> {
        throw new AssertionError("nothing is quarantined: " + reason);
    };

    private final Oracle oracle;
    private final int number;
    private final Surroundings world;
    private final DiskBreaker saving;
    private final InventoryTable table = new InventoryTable();
    private final FileEventLog log;
    private final InventoryFiles files;
    private final Idempotency idempotency;
    private final InventoryService service;
    private final Recovery recovery;
    private final Runnable sweeper;

    Life(Oracle oracle, Surroundings world) {
        this.oracle = oracle;
        number = oracle.life();
        this.world = world;
        saving = world.breakers().forRepeatable("inventory-files");
        log = Logs.create(
                world.through(), LOG, world.options(), NONE, world.breakers(), world.threads(), world.nanoTime());
        files = SmallFiles.create(world.through(), INVENTORY, table);
        idempotency = new Idempotency(log, world.nanoTime(), KEY_TTL.toMillis(), KEYS_MAX, world.commitTimeoutMs());
        service = Services.create(
                new SteppedLog(log), table, idempotency, world.clock(), world.commitTimeoutMs(), world.ids());
        recovery = new Recovery(files, log, table, idempotency);
        sweeper = Services.sweeper(service, table, HOLD_MEMORY);
    }

    /**
     * Recovers.
     *
     * @throws LogUnavailableException when the disk fails
     */
    void start() {
        // whoever simulates says when files are written, so the writer that recovery starts is closed before
        InventoryFileWriter idle = new InventoryFileWriter(files, saving);
        idle.close();
        Recovery.Report report = recovery.run(service, idle);
        assertThat(report.notes())
                .as("a crash leaves torn tails and nothing worse")
                .allMatch(note -> note.contains("never acknowledged"));
    }

    /** Sends a request and tells the oracle how it ended; false when that was for the disk's sake. */
    boolean send(Request request) {
        Caller caller = oracle.sends(number, request);
        try {
            switch (request.sentTo(service, id -> oracle.numbered(id, request))) {
                case Answer.Accepted accepted -> oracle.accepted(caller, request, accepted);
                case Answer.Refused refused -> oracle.refused(caller, request, refused.rejection());
                case Answer.Already already -> oracle.already(caller, request, already.hold());
                case Answer.KeyReused reused -> throw new AssertionError("no key is used twice: " + request);
            }
            return true;
        } catch (OutcomeUnknownException e) {
            oracle.unknown(caller, request);
        } catch (ServiceUnavailableException e) {
            oracle.notTaken(caller, request);
        }
        return false;
    }

    void read(StockKey key) {
        Caller caller = oracle.looks(number, key);
        try {
            oracle.shown(caller, service.find(key));
        } catch (ServiceUnavailableException timeout) {
            // nothing was shown
        }
    }

    void readHold(String id) {
        Caller caller = oracle.looks(number, NO_SKU, id);
        try {
            oracle.shown(caller, id, service.hold(id));
        } catch (ServiceUnavailableException timeout) {
            // nothing was shown
        }
    }

    void readHoldsWith(String reference) {
        Caller caller = oracle.looks(number, NO_SKU);
        try {
            service.holdsWith(reference, null, 100)
                    .forEach(hold -> oracle.shown(caller, hold.hold().id(), hold));
        } catch (ServiceUnavailableException timeout) {
            // nothing was shown
        }
    }

    /** Writes down that holds have ended; what fails is left to a later pass. */
    void sweep() {
        sweeper.run();
    }

    /** A save pass; on a failing disk the rows stay due. */
    boolean save() {
        try {
            saving.run(() -> files.save(this::durableSequence, (bytes, nanos) -> SeededScheduler.point()));
            return true;
        } catch (IOException | CommitTimeoutException e) {
            return false;
        }
    }

    /** Lets go of what the files have, but not past a sequence that somebody else needs; what fails stays. */
    void compact(long through) {
        try {
            long saved = files.savedThrough();
            long keysFrom = Math.min(saved + 1, idempotency.firstNeeded());
            log.release(Math.min(through, keysFrom - 1), KEY_TTL, nanos -> {});
            log.keepKeysFrom(keysFrom);
        } catch (LogUnavailableException injected) {
            // the next pass goes on
        }
    }

    /** Ends the process after its disk has died, or in good order. */
    void end() {
        log.close();
    }

    /** Others may do a lot before it is told. */
    private long durableSequence() {
        for (int i = world.ids().nextInt(DO_A_LOT); i > 0; i--) {
            SeededScheduler.point();
        }
        return log.durableSequence();
    }

    /** Which process this is. */
    int number() {
        return number;
    }

    FileEventLog log() {
        return log;
    }

    /** Gives some of the log to a follower; how many events. */
    int follow(long after, int limit) {
        Caller caller = oracle.looks(number, NO_SKU);
        List<Event> events = log.read(after, limit).events();
        for (int i = 0; i < events.size(); i++) {
            long sequence = after + 1 + i;
            Event event = events.get(i);
            require(event.sequence() == sequence, () -> sequence + " was to be followed, not " + event);
        }
        oracle.fed(caller, events);
        return events.size();
    }

    void requireAgreement(List<StockKey> keys) {
        oracle.requireAgreement(events(), records(keys), holds());
    }

    /** While nobody waits for an answer. */
    void requireWhatWasTold() {
        long durable = log.durableSequence();
        oracle.requireWhatWasTold(
                events().stream().filter(event -> event.sequence() <= durable).toList());
    }

    /** All of the log that is kept. */
    List<Event> events() {
        return LogAgain.events(world, NONE);
    }

    private List<Hold> holds() {
        List<Hold> holds = new ArrayList<>();
        for (HoldRow row : table.holds().all()) {
            Hold hold = row.durable();
            if (hold != null) {
                holds.add(hold);
            }
        }
        return holds;
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
