package retail.inventory.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.StockEvent;
import retail.inventory.stock.StockEvent.Adjusted;
import retail.inventory.stock.StockEvent.Reserved;
import retail.inventory.stock.StockKey;

/**
 * An event as the log keeps it: flat, so that a storage needs to know no stock rules, and open for types that a later
 * version writes.
 *
 * @param sequence its place in the log, 1, 2, 3, …; {@link #NOT_YET} before the log has given it one
 * @param eventId unique in the log
 * @param atMs when it was decided, milliseconds since 1970-01-01 UTC
 * @param type what happened: {@link #ADJUST}, {@link #RESERVE}, or one this version does not know
 * @param amount the delta of an adjust, the quantity of a reserve, in units
 * @param expectedVersion the version its command asked for, when it did
 * @param resultQty units on hand after it
 * @param resultVersion the SKU's version after it
 * @param request the idempotency key it answers and the hash of the request, when it had one
 */
public record Event(
        long sequence,
        UUID eventId,
        long atMs,
        String type,
        String storeId,
        String sku,
        long amount,
        @Nullable Long expectedVersion,
        long resultQty,
        long resultVersion,
        @Nullable KeyedRequest request) {

    /** The sequence of an event that is not in the log yet. */
    public static final long NOT_YET = 0;

    /** The type of a corrected stock. */
    public static final String ADJUST = "ADJUST";

    /** The type of a reservation. */
    public static final String RESERVE = "RESERVE";

    /**
     * The request an event answers.
     *
     * @param key the caller's idempotency key
     * @param fingerprint a hash of what was asked, to tell a repetition from another request with the same key
     */
    public record KeyedRequest(String key, String fingerprint) {}

    /** The event of a stock rule's decision, not yet in the log. */
    public static Event of(StockEvent event, @Nullable KeyedRequest request) {
        return switch (event) {
            case Adjusted a -> of(a, ADJUST, a.delta(), request);
            case Reserved r -> of(r, RESERVE, r.qty(), request);
        };
    }

    private static Event of(StockEvent e, String type, long amount, @Nullable KeyedRequest request) {
        return new Event(
                NOT_YET,
                e.eventId(),
                e.at().toEpochMilli(),
                type,
                e.key().storeId(),
                e.key().sku(),
                amount,
                e.expectedVersion(),
                e.resultQty(),
                e.resultVersion(),
                request);
    }

    /** When it was decided. */
    public Instant at() {
        return Instant.ofEpochMilli(atMs);
    }

    /** This event at its place in the log. */
    public Event at(long place) {
        return new Event(
                place, eventId, atMs, type, storeId, sku, amount, expectedVersion, resultQty, resultVersion, request);
    }

    /**
     * The decision this event records.
     *
     * @throws IllegalArgumentException when its type or its values are none this version knows
     */
    public StockEvent toStockEvent() {
        StockKey key = new StockKey(storeId, sku);
        Instant at = at();
        return switch (type) {
            case ADJUST -> new Adjusted(key, amount, expectedVersion, eventId, at, resultQty, resultVersion);
            case RESERVE -> new Reserved(key, amount, expectedVersion, eventId, at, resultQty, resultVersion);
            default -> throw new IllegalArgumentException("unknown event type " + type);
        };
    }
}
