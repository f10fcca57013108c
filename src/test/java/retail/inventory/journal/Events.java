package retail.inventory.journal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/** Events of one SKU for tests, whatever their type. */
public final class Events {

    private Events() {}

    /**
     * Of nobody in particular.
     *
     * @param amount the delta; of a reserve the units it took
     */
    public static Event event(
            long sequence,
            UUID eventId,
            long atMs,
            String type,
            String storeId,
            String sku,
            long amount,
            @Nullable Long expectedVersion,
            long qty,
            long version,
            Event.@Nullable KeyedRequest request) {
        return event(sequence, eventId, atMs, type, storeId, sku, amount, expectedVersion, qty, version, request, null);
    }

    /** The same of a traced request. */
    public static Event event(
            long sequence,
            UUID eventId,
            long atMs,
            String type,
            String storeId,
            String sku,
            long amount,
            @Nullable Long expectedVersion,
            long qty,
            long version,
            Event.@Nullable KeyedRequest request,
            @Nullable String traceId) {
        long delta = type.equals(Event.RESERVE) ? -amount : amount;
        return new Event(
                sequence,
                eventId,
                atMs,
                type,
                new Movement(new StockKey(storeId, sku), delta, qty, version),
                expectedVersion,
                Cause.NONE,
                request,
                traceId);
    }

    /** The delta of an event; of a reserve the units it took. */
    public static long amount(Event event) {
        long delta = event.movement().delta();
        return event.type().equals(Event.RESERVE) ? -delta : delta;
    }
}
