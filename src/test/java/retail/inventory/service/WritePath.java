package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;
import retail.inventory.table.Arrivals;
import retail.inventory.table.InventoryTable;

/** A started service over a log that the test answers for; its requests are about one SKU unless they name another. */
final class WritePath {

    static final StockKey KEY = new StockKey("STORE001", "SKU123");
    static final Duration TTL = Duration.ofMinutes(5);

    private static final long LONG_MS = 15_000;
    private static final long KEYS_MAX = 1000;

    final HeldClock clock = new HeldClock();
    final FakeEventLog log = new FakeEventLog();
    final InventoryTable table = new InventoryTable();
    final Idempotency idempotency;
    final InventoryService service;

    WritePath() {
        this(LONG_MS, LONG_MS);
    }

    private WritePath(long commitTimeoutMs, long twinTimeoutMs) {
        idempotency = new Idempotency(log, clock::nanoTime, TTL.toMillis(), KEYS_MAX, twinTimeoutMs);
        service = new InventoryService(log, table, idempotency, clock, commitTimeoutMs);
        idempotency.started(0);
        service.started();
    }

    /** Requests give up on the log soon, twins wait for long. */
    static WritePath ofImpatientRequests() {
        return new WritePath(50, LONG_MS);
    }

    /** Twins give up soon, requests wait for the log for long. */
    static WritePath ofImpatientTwins() {
        return new WritePath(LONG_MS, 50);
    }

    /** Durable stock from before. */
    InventoryRecord stocked(long qty, long version) {
        return stocked(KEY, qty, version);
    }

    InventoryRecord stocked(StockKey key, long qty, long version) {
        InventoryRecord record = record(key, qty, version, HeldClock.START.minusSeconds(60));
        Arrivals.advance(table, record);
        log.holds(record);
        return record;
    }

    /** Other processes wrote first, and left these. */
    void overtakenBy(InventoryRecord... others) {
        log.overtaken(() -> takesIn(others));
    }

    private void takesIn(InventoryRecord... others) {
        for (InventoryRecord record : others) {
            log.holds(record);
            Arrivals.advance(table, record);
        }
    }

    static InventoryRecord record(StockKey key, long qty, long version, Instant at) {
        return new InventoryRecord(key, qty, version, at);
    }

    /** The record after a change that is decided now. */
    InventoryRecord now(long qty, long version) {
        return record(KEY, qty, version, clock.instant());
    }

    Call<Answer> adjust(long delta) {
        return Call.of(() -> service.adjust(KEY, delta, null, null));
    }

    Call<Answer> reserve(long qty) {
        return reserve(qty, null, null);
    }

    Call<Answer> reserve(long qty, @Nullable Long expectedVersion, @Nullable String idempotencyKey) {
        return Call.of(() -> service.reserve(KEY, qty, expectedVersion, idempotencyKey));
    }

    Call<@Nullable InventoryRecord> find() {
        return Call.of(() -> service.find(KEY));
    }

    /** A request that is accepted and waits for the log as one of so many. */
    Call<Answer> pendingReserve(long qty, int nowPending) {
        Call<Answer> call = reserve(qty);
        log.awaitPending(nowPending);
        return call.awaitWaiting();
    }

    static Answer.Accepted accepted(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        return (Answer.Accepted) answer;
    }

    /** The answer to a change that is in the log. */
    static Answer.Accepted accepted(long delta, InventoryRecord result, UUID eventId, long sequence, boolean replayed) {
        Movement movement = new Movement(result.key(), delta, result.qty(), result.version());
        return new Answer.Accepted(movement, result.updatedAt(), eventId, sequence, replayed);
    }

    /** The answer to a change of the usual SKU. */
    static Answer refused(Reason reason, long delta, @Nullable InventoryRecord current) {
        return new Answer.Refused(new Rejected(reason, KEY, delta, current));
    }
}
