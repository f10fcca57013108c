package retail.inventory.stock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules say to a command: what happens, or the reason why nothing does. */
public sealed interface Decision {

    /** The command is accepted; the movements are what happens. */
    record Accepted(Movements movements) implements Decision {}

    /**
     * The command is refused and changes nothing.
     *
     * @param reason why
     * @param lines each SKU that it is refused for, in the order of keys
     */
    record Rejected(Reason reason, List<RejectedLine> lines) implements Decision {

        /** For one SKU. */
        public Rejected(Reason reason, StockKey key, long delta, @Nullable InventoryRecord current) {
            this(reason, List.of(new RejectedLine(key, delta, current)));
        }

        /** The record that the first of them was decided on; null when its store has no such SKU. */
        public @Nullable InventoryRecord current() {
            return lines.getFirst().current();
        }
    }

    /**
     * A SKU that a command is refused for.
     *
     * @param delta the change that was asked for, in units
     * @param current the record it was decided on; null when the store has no such SKU
     */
    record RejectedLine(StockKey key, long delta, @Nullable InventoryRecord current) {}

    /** Why a command is refused. Each says whether the same command can succeed later. */
    enum Reason {
        /** The store has no such SKU; it can succeed once a delivery has been recorded. */
        UNKNOWN_SKU,
        /** The SKU has another version than the caller expected: read again, then decide again. */
        VERSION_CONFLICT,
        /** It would leave less than nothing; it can succeed once there is more stock. */
        INSUFFICIENT_STOCK,
        /** It would leave more than {@link InventoryRecord#QTY_MAX}. */
        ABOVE_MAXIMUM
    }
}
