package retail.inventory.stock;

import org.jspecify.annotations.Nullable;

/** What the rules say to a command: what happens, or the reason why nothing does. */
public sealed interface Decision {

    /** The command is accepted; the movement is what happens. */
    record Accepted(Movement movement) implements Decision {}

    /**
     * The command is refused and changes nothing.
     *
     * @param reason why
     * @param current the record it was decided on; null when the store has no such SKU
     */
    record Rejected(Reason reason, @Nullable InventoryRecord current) implements Decision {}

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
