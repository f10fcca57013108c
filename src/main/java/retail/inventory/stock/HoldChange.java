package retail.inventory.stock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event did to what is set aside of one SKU.
 *
 * @param held units of all its holds after it
 * @param own what the event's own hold has set aside of it after it, 0 units = nothing any more; null when the event is about no
 *     hold, or not about this SKU of it
 * @param lapsed the holds that had ended and were dropped, other than its own
 */
public record HoldChange(long held, @Nullable HeldUnits own, List<String> lapsed) {

    /** So many may an event drop, over all its SKUs: its line must have an end. All of one SKU are not more. */
    public static final int LAPSED_MAX = Holds.COUNT_MAX;

    /** Keeps its own list. */
    public HoldChange {
        if (held < 0) {
            throw new IllegalArgumentException("held units must be at least 0, not " + held);
        }
        lapsed = List.copyOf(lapsed);
    }
}
