package retail.inventory.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param traceId the trace of the request, when it had one: {@link #isTraceId}
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
        @Nullable KeyedRequest request,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String traceId) {

    /** The sequence of an event that is not in the log yet. */
    public static final long NOT_YET = 0;

    /** The type of a corrected stock. */
    public static final String ADJUST = "ADJUST";

    /** The type of a reservation. */
    public static final String RESERVE = "RESERVE";

    private static final int TRACE_ID_LENGTH = 32;

    /** An event as the log keeps it. */
    public Event {
        if (traceId != null && !isTraceId(traceId)) {
            throw new IllegalArgumentException("not a trace id: " + traceId);
        }
    }

    /** The same without a trace. */
    public Event(
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
        this(
                sequence,
                eventId,
                atMs,
                type,
                storeId,
                sku,
                amount,
                expectedVersion,
                resultQty,
                resultVersion,
                request,
                null);
    }

    /** Whether a text is a trace id of W3C Trace Context: 32 digits of lower-case hex that are not all 0. */
    public static boolean isTraceId(String text) {
        if (text.length() != TRACE_ID_LENGTH) {
            return false;
        }
        boolean anyBit = false;
        for (int i = 0; i < TRACE_ID_LENGTH; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
            anyBit |= c != '0';
        }
        return anyBit;
    }

    /**
     * The request an event answers.
     *
     * @param key the caller's idempotency key
     * @param fingerprint a hash of what was asked, to tell a repetition from another request with the same key
     */
    public record KeyedRequest(String key, String fingerprint) {}

    /** The event of a stock rule's decision, not yet in the log. */
    public static Event of(StockEvent event, @Nullable KeyedRequest request, @Nullable String traceId) {
        return switch (event) {
            case Adjusted a -> of(a, ADJUST, a.delta(), request, traceId);
            case Reserved r -> of(r, RESERVE, r.qty(), request, traceId);
        };
    }

    private static Event of(
            StockEvent e, String type, long amount, @Nullable KeyedRequest request, @Nullable String traceId) {
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
                request,
                traceId);
    }

    /** When it was decided. */
    public Instant at() {
        return Instant.ofEpochMilli(atMs);
    }

    /** This event at its place in the log. */
    public Event at(long place) {
        return new Event(
                place,
                eventId,
                atMs,
                type,
                storeId,
                sku,
                amount,
                expectedVersion,
                resultQty,
                resultVersion,
                request,
                traceId);
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
