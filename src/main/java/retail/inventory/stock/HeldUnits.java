package retail.inventory.stock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Units of one SKU that a hold sets aside.
 *
 * @param holdId the hold's id: {@link Hold#ID_RULE}
 * @param qty units, from 1; 0 in a movement that ends the claim
 * @param endsMs the instant from which it no longer counts, milliseconds since 1970-01-01 UTC; {@link #NO_END} = never
 */
public record HeldUnits(String holdId, long qty, long endsMs) {

    /** The end of what has none. */
    public static final long NO_END = Long.MAX_VALUE;

    /** Holds the range. */
    public HeldUnits {
        if (qty < 0 || qty > InventoryRecord.QTY_MAX) {
            throw new IllegalArgumentException("held units must be 0 to " + InventoryRecord.QTY_MAX + ", not " + qty);
        }
    }

    /** Whether they count at an instant: strictly before the end. */
    public boolean isLive(Instant at) {
        return at.toEpochMilli() < endsMs;
    }

    /** When they no longer count; null = never. */
    public @Nullable Instant ends() {
        return endsMs == NO_END ? null : Instant.ofEpochMilli(endsMs);
    }
}
