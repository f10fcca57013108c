package retail.inventory.stock;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change of one SKU's stock that was decided, with the state it led to. */
public sealed interface StockEvent {

    /** Whose stock changed. */
    StockKey key();

    /** The unique id of this event. */
    UUID eventId();

    /** When it was decided, to the millisecond. */
    Instant at();

    /** The version its command asked for, when it did. */
    @Nullable
    Long expectedVersion();

    /** Units on hand after the event. */
    long resultQty();

    /** The SKU's version after the event. */
    long resultVersion();

    /** The stock was corrected by {@code delta} units. */
    record Adjusted(
            StockKey key,
            long delta,
            @Nullable Long expectedVersion,
            UUID eventId,
            Instant at,
            long resultQty,
            long resultVersion)
            implements StockEvent {}

    /** {@code qty} units were taken for a sale. */
    record Reserved(
            StockKey key,
            long qty,
            @Nullable Long expectedVersion,
            UUID eventId,
            Instant at,
            long resultQty,
            long resultVersion)
            implements StockEvent {}
}
