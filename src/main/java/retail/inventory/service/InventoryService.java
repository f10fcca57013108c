package retail.inventory.service;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.lease.LeaseRefusedException;
import retail.inventory.lease.Leases;
import retail.inventory.service.ServiceUnavailableException.Reason;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Command;
import retail.inventory.stock.Command.Adjust;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.HoldCommand;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;
import retail.inventory.table.Commit;
import retail.inventory.table.InventoryTable;
import retail.inventory.table.SkuRow;

/** Stock on files: decided in memory, with the SKUs of a command locked, and written to the log. */
public final class InventoryService implements Stock {

    private final EventLog log;
    private final InventoryTable table;
    private final Idempotency idempotency;
    private final InstantSource clock;
    private final EventIds ids;
    private final Leases leases;
    private final Slot turn;
    private final ChangeAttempt attempt;
    private final HoldReader holds;
    private volatile boolean started;

    /**
     * A service that refuses everything until it is {@link #started}.
     *
     * @param timeoutMs how long a request waits for the disk, in milliseconds
     */
    public InventoryService(
            EventLog log, InventoryTable table, Idempotency idempotency, InstantSource clock, long timeoutMs) {
        this(log, table, idempotency, clock, timeoutMs, EventIds.UNIQUE, Leases.NONE, Slot.UNLIMITED, Tracing.NONE);
    }

    /**
     * The same beside other processes that change the stock, and for a limited number of requests at once.
     *
     * @param leases which a change takes part in while it is decided and until it is durable
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
            Slot turn,
            Tracing tracing) {
        this.log = log;
        this.table = table;
        this.idempotency = idempotency;
        this.clock = clock;
        this.ids = ids;
        this.leases = leases;
        this.turn = turn;
        this.attempt = new ChangeAttempt(log, table, new CommitDeadlines(commitTimeoutMs), turn, tracing);
        this.holds = new HoldReader(table);
        log.expect(leases::users);
    }

    @Override
    public Answer adjust(
            StockKey key, long delta, @Nullable Long expectedVersion, Cause cause, @Nullable String idempotencyKey) {
        Instant now = now();
        Cause told = cause.occurredBy(now);
        return handle(new Adjust(key, delta, expectedVersion, ids.next(now.toEpochMilli()), now, told), idempotencyKey);
    }

    /** The same for no reason that was told. */
    public Answer adjust(StockKey key, long delta, @Nullable Long expectedVersion, @Nullable String idempotencyKey) {
        return adjust(key, delta, expectedVersion, Cause.NONE, idempotencyKey);
    }

    @Override
    public Answer reserve(
            StockKey key, long qty, @Nullable Long expectedVersion, Cause cause, @Nullable String idempotencyKey) {
        Instant now = now();
        Cause told = cause.occurredBy(now);
        return handle(new Reserve(key, qty, expectedVersion, ids.next(now.toEpochMilli()), now, told), idempotencyKey);
    }

    /** The same for no reason that was told. */
    public Answer reserve(StockKey key, long qty, @Nullable Long expectedVersion, @Nullable String idempotencyKey) {
        return reserve(key, qty, expectedVersion, Cause.NONE, idempotencyKey);
    }

    @Override
    public Answer reserveAll(List<Line> lines, Cause cause, @Nullable String idempotencyKey) {
        Instant now = now();
        Cause told = cause.occurredBy(now);
        return handle(Command.reserve(lines, ids.next(now.toEpochMilli()), now, told), idempotencyKey);
    }

    @Override
    public Answer changeHold(HoldWish wish, Cause cause, @Nullable String idempotencyKey) {
        Instant now = now();
        HoldCommand command = wish.command(ids.next(now.toEpochMilli()), now, cause.occurredBy(now));
        if (command.wish() instanceof HoldCommand.PlaceHold && table.holds().find(command.holdId()) == null) {
            LimitReachedException.throwIf(table.holds().refusal());
        }
        return handle(command, idempotencyKey);
    }

    /** Writes down that a hold has ended; nothing happens when it has not, or no SKU has anything set aside for it. */
    Answer expireHold(String holdId) {
        Instant now = now();
        return handle(new HoldCommand.ExpireHold(holdId, ids.next(now.toEpochMilli()), now, Cause.NONE), null);
    }

    @Override
    public @Nullable HoldNow hold(String holdId) {
        requireStarted();
        catchUp();
        return holds.find(holdId, now());
    }

    @Override
    public List<HoldNow> holdsWith(String reference, @Nullable String after, int limit) {
        requireStarted();
        catchUp();
        return holds.withReference(reference, after, limit, now());
    }

    @Override
    public List<HoldNow> holdsEnding(Duration within, int limit) {
        requireStarted();
        catchUp();
        return holds.ending(within, limit, now());
    }

    @Override
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public @Nullable InventoryRecord find(StockKey key) {
        requireStarted();
        catchUp();
        SkuRow row = table.find(key);
        return row == null ? null : Waiting.durable(row);
    }

    @Override
    public @Nullable List<InventoryRecord> page(String storeId, @Nullable String after, int limit) {
        requireStarted();
        catchUp();
        Collection<SkuRow> rows = table.rows(storeId, after);
        List<InventoryRecord> page = new ArrayList<>(limit);
        for (SkuRow row : rows == null ? List.<SkuRow>of() : rows) {
            InventoryRecord record = Waiting.durable(row);
            if (record != null) {
                page.add(record);
            }
            if (page.size() == limit) {
                break;
            }
        }
        return rows == null || (page.isEmpty() && after == null) ? null : page;
    }

    @Override
    public boolean hasStore(String storeId) {
        requireStarted();
        if (table.rows(storeId, null) == null) {
            catchUp();
        }
        return table.rows(storeId, null) != null;
    }

    @Override
    public @Nullable String logId() {
        return log.logId();
    }

    @Override
    public boolean hasAnswered(String idempotencyKey) {
        return idempotency.hasAnswered(idempotencyKey);
    }

    /** Lets callers in, once the state is rebuilt. */
    void started() {
        started = true;
    }

    private Answer handle(Command command, @Nullable String key) {
        requireStarted();
        KeyedRequest request = key == null ? null : new KeyedRequest(key, Fingerprint.of(command));
        for (int tries = 0; tries < Commit.TRIES_MAX; tries++) {
            try (Leases.Lease _ = lease()) {
                catchUp();
                Answer answer = request == null
                        ? attempt.decide(command, null)
                        : Waiting.orUnknown(() -> idempotency.once(
                                request, !command.cause().isLocal(), turn, claim -> attempt.decide(command, claim)));
                if (answer != null) {
                    return answer;
                }
            }
        }
        throw new ServiceUnavailableException(
                Reason.OVERLOADED, "gave up after " + Commit.TRIES_MAX + " concurrent changes to this SKU");
    }

    private Leases.Lease lease() {
        try {
            return leases.take(turn::pass);
        } catch (LeaseRefusedException e) {
            throw new ServiceUnavailableException(Reason.LOCKED, String.valueOf(e.getMessage()));
        }
    }

    /** What others had answered before this request began must show in its answer. */
    private void catchUp() {
        try {
            log.catchUp();
        } catch (LogUnavailableException e) {
            throw ServiceUnavailableException.because(e);
        }
    }

    private void requireStarted() {
        if (!started) {
            throw new ServiceUnavailableException(Reason.STARTING, "the service is still reading its data");
        }
    }
}
