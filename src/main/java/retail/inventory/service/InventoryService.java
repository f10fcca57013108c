package retail.inventory.service;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.lease.LeaseRefusedException;
import retail.inventory.lease.Leases;
import retail.inventory.service.ServiceUnavailableException.Reason;
import retail.inventory.service.Tracing.Step;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockCommand;
import retail.inventory.stock.StockCommand.Adjust;
import retail.inventory.stock.StockCommand.Reserve;
import retail.inventory.stock.StockEvent;
import retail.inventory.stock.StockKey;
import retail.inventory.stock.StockRules;
import retail.inventory.table.Commit;
import retail.inventory.table.CommitTimeoutException;
import retail.inventory.table.InventoryTable;
import retail.inventory.table.SkuRow;

/**
 * Changes and shows the stock of stores. Safe for use by any number of threads.
 *
 * <p>Every answer waits until what it shows is durable. All methods throw {@link ServiceUnavailableException} while
 * the service is starting; changes also when the log takes nothing, in which case nothing happened.
 */
public final class InventoryService {

    private final EventLog log;
    private final InventoryTable table;
    private final Idempotency idempotency;
    private final InstantSource clock;
    private final CommitDeadlines deadlines;
    private final EventIds ids;
    private final Leases leases;
    private final Turn turn;
    private final Tracing tracing;
    private volatile boolean started;

    /**
     * A service that refuses everything until it is {@link #started}.
     *
     * @param timeoutMs how long a request waits for the disk, in milliseconds
     */
    public InventoryService(
            EventLog log, InventoryTable table, Idempotency idempotency, InstantSource clock, long timeoutMs) {
        this(log, table, idempotency, clock, timeoutMs, EventIds.UNIQUE, Leases.NONE, Turn.UNLIMITED, Tracing.NONE);
    }

    /**
     * The same beside other processes that change the stock, and for a limited number of requests at once.
     *
     * @param leases of which each change takes the one of its SKU
     * @param turn passed on by each request that waits for the disk
     * @param tracing follows each change
     */
    InventoryService(
            EventLog log,
            InventoryTable table,
            Idempotency idempotency,
            InstantSource clock,
            long commitTimeoutMs,
            EventIds ids,
            Leases leases,
            Turn turn,
            Tracing tracing) {
        this.log = log;
        this.table = table;
        this.idempotency = idempotency;
        this.clock = clock;
        this.deadlines = new CommitDeadlines(commitTimeoutMs);
        this.ids = ids;
        this.leases = leases;
        this.turn = turn;
        this.tracing = tracing;
    }

    /**
     * Corrects the stock of a SKU by a difference; a positive one creates an unknown SKU.
     *
     * @param expectedVersion the version the caller saw, 0 = none yet; null = any
     * @param idempotencyKey makes a repetition of this request harmless; null = none
     * @throws OutcomeUnknownException when the disk failed or is too slow to tell
     */
    public Answer adjust(StockKey key, long delta, @Nullable Long expectedVersion, @Nullable String idempotencyKey) {
        Instant now = now();
        return handle(new Adjust(key, delta, expectedVersion, ids.next(now.toEpochMilli()), now), idempotencyKey);
    }

    /**
     * Takes units of a SKU for a sale, all or none.
     *
     * @param expectedVersion the version the caller saw; null = any
     * @param idempotencyKey makes a repetition of this request harmless; null = none
     * @throws OutcomeUnknownException when the disk failed or is too slow to tell
     */
    public Answer reserve(StockKey key, long qty, @Nullable Long expectedVersion, @Nullable String idempotencyKey) {
        Instant now = now();
        return handle(new Reserve(key, qty, expectedVersion, ids.next(now.toEpochMilli()), now), idempotencyKey);
    }

    /** The record of a SKU; null when the store does not have it. */
    public @Nullable InventoryRecord find(StockKey key) {
        requireStarted();
        catchUp();
        SkuRow row = table.find(key);
        return row == null ? null : Waiting.durable(row);
    }

    /**
     * Records of a store in the order of SKUs.
     *
     * @param after the SKU to begin behind; null = from the first
     * @param limit at most so many
     * @return null when the store has no record at all
     */
    public @Nullable List<InventoryRecord> page(String storeId, @Nullable String after, int limit) {
        requireStarted();
        catchUp();
        Collection<SkuRow> rows = table.rows(storeId, after);
        if (rows == null) {
            return null;
        }
        List<InventoryRecord> page = new ArrayList<>(limit);
        for (SkuRow row : rows) {
            InventoryRecord record = Waiting.durable(row);
            if (record != null) {
                page.add(record);
            }
            if (page.size() == limit) {
                break;
            }
        }
        return page.isEmpty() && after == null ? null : page;
    }

    /** Lets callers in, once the state is rebuilt. */
    void started() {
        started = true;
    }

    private Answer handle(StockCommand command, @Nullable String key) {
        requireStarted();
        KeyedRequest request = key == null ? null : new KeyedRequest(key, Fingerprint.of(command));
        for (int tries = 0; tries < Commit.TRIES_MAX; tries++) {
            try (Leases.Lease lease = lease(command.key())) {
                catchUp();
                Answer answer = request == null
                        ? decide(command, null, lease)
                        : whenDurable(() -> idempotency.once(request, turn, claim -> decide(command, claim, lease)));
                if (answer != null) {
                    return answer;
                }
            }
        }
        throw new ServiceUnavailableException(Reason.OVERLOADED, "others change this SKU all the time");
    }

    private Leases.Lease lease(StockKey key) {
        try {
            return leases.take(Leases.name(key.storeId(), key.sku()), turn::pass);
        } catch (LeaseRefusedException e) {
            throw new ServiceUnavailableException(Reason.LOCKED, String.valueOf(e.getMessage()));
        }
    }

    /** One try; null when what it was decided on was taken back meanwhile, so that it has to be decided again. */
    private @Nullable Answer decide(StockCommand command, Idempotency.@Nullable Claim claim, Leases.Lease lease) {
        SkuRow row = table.find(command.key());
        if (row == null) {
            if (StockRules.decide(null, command) instanceof Rejected rejected) {
                return new Answer.Refused(rejected); // so that asking for unknown SKUs leaves no rows behind
            }
            row = table.findOrCreate(command.key());
        }
        SkuRow locked = row;
        Supplier<@Nullable Answer> answer = tracing.step(
                Step.DECIDE,
                () -> locked.holding(seen -> switch (StockRules.decide(seen.record(), command)) {
                    case Rejected rejected -> () -> seen.isDurable() ? new Answer.Refused(rejected) : null;
                    case Accepted accepted -> applyThenAppend(locked, seen, accepted.event(), claim, lease)::answer;
                }));
        turn.pass();
        return tracing.step(Step.WAIT_DURABLE, () -> whenDurable(answer));
    }

    /** Applied first, under the row's lock: the log's answer, which needs that lock to undo, finds the change in place. */
    private PendingWrite applyThenAppend(
            SkuRow row, SkuRow.Snapshot seen, StockEvent event, Idempotency.@Nullable Claim claim, Leases.Lease lease) {
        InventoryRecord next = StockRules.evolve(seen.record(), event);
        PendingWrite write = new PendingWrite(row, seen, next, event.eventId(), claim, lease, deadlines);
        row.apply(next, write);
        boolean appended = false;
        try {
            log.append(Event.of(event, claim == null ? null : claim.request(), tracing.traceId()), write);
            appended = true;
        } catch (LogUnavailableException e) {
            throw ServiceUnavailableException.because(e);
        } finally {
            if (!appended) {
                row.restore(seen);
                write.notAppended();
            }
        }
        if (claim != null) {
            claim.handedToTheLog();
        }
        return write;
    }

    /** What others had answered before this request began must show in its answer. */
    private void catchUp() {
        try {
            log.catchUp();
        } catch (LogUnavailableException e) {
            throw ServiceUnavailableException.because(e);
        }
    }

    private static <T extends @Nullable Object> T whenDurable(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (CommitTimeoutException e) {
            throw new OutcomeUnknownException(String.valueOf(e.getMessage()));
        }
    }

    private void requireStarted() {
        if (!started) {
            throw new ServiceUnavailableException(Reason.STARTING, "the service is still reading its data");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
