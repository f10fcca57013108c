package retail.inventory.stock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rules say to a command: what happens, or the reason why nothing does. */
public sealed interface Decision {

    /**
     * The command is accepted.
     *
     * @param movements what happens
     * @param hold its hold afterwards; null when it is about none
     */
    record Accepted(Movements movements, @Nullable Hold hold) implements Decision {

        /** About no hold. */
        public Accepted(Movements movements) {
            this(movements, null);
        }
    }

    /**
     * What is asked for is so already; nothing happens.
     *
     * @param hold what the command is about
     */
    record Already(Hold hold) implements Decision {}

    /**
     * The command is refused and changes nothing.
     *
     * @param reason why
     * @param lines each SKU that it is refused for, in the order of keys; empty when it is refused for its hold alone
     * @param hold the hold that it was decided on; null when it is about none, or there is none
     */
    record Rejected(
            Reason reason,
            List<RejectedLine> lines,
            @Nullable Hold hold) implements Decision {

        /** About no hold. */
        public Rejected(Reason reason, List<RejectedLine> lines) {
            this(reason, lines, null);
        }

        /** For one SKU, of which nothing is set aside. */
        public Rejected(Reason reason, StockKey key, long delta, @Nullable InventoryRecord current) {
            this(reason, List.of(new RejectedLine(key, delta, current)));
        }

        /** The record that the first of them was decided on; null when its store has no such SKU. */
        public @Nullable InventoryRecord current() {
            return lines.isEmpty() ? null : lines.getFirst().current();
        }
    }

    /**
     * A SKU that a command is refused for.
     *
     * @param delta the change that was asked for, in units
     * @param available what the command could have had, in units: of the stock, or of its hold when it asked for more than that
     * @param current the record it was decided on; null when the store has no such SKU
     */
    record RejectedLine(
            StockKey key,
            long delta,
            long available,
            @Nullable InventoryRecord current) {

        /** Of a SKU of which nothing is set aside. */
        public RejectedLine(StockKey key, long delta, @Nullable InventoryRecord current) {
            this(key, delta, current == null ? 0 : current.qty(), current);
        }
    }

    /** Why a command is refused. Each says whether the same command can succeed later. */
    enum Reason {
        /** The store has no such SKU; it can succeed once a delivery has been recorded. */
        UNKNOWN_SKU,
        /** The SKU has another version than the caller expected: read again, then decide again. */
        VERSION_CONFLICT,
        /** It would leave less than nothing; it can succeed once there is more stock. */
        INSUFFICIENT_STOCK,
        /** It would leave more than {@link InventoryRecord#QTY_MAX}. */
        ABOVE_MAXIMUM,
        /** There is no such hold, or it is forgotten. */
        UNKNOWN_HOLD,
        /** Whoever asks may not change this hold: an id is for whoever takes it first. */
        HOLD_OF_OTHERS,
        /** The hold has another version than the caller expected, or is there already: read it, then decide again. */
        HOLD_CONFLICT,
        /** The hold was confirmed or released: final. */
        HOLD_CLOSED,
        /** The hold has ended, and not all of its units are there any more; it can succeed once they are. */
        HOLD_EXPIRED,
        /** More than the hold has. */
        EXCEEDS_HOLD,
        /** As many holds have units of a SKU as may have: {@link Holds#COUNT_MAX}. */
        TOO_MANY_HOLDS,
        /**
         * More holds have ended than an event can name: {@link HoldChange#LAPSED_MAX}; it can succeed in a moment, once some of
         * these ends are written down.
         */
        TOO_MANY_ENDED
    }
}
