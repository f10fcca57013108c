package retail.inventory.stock;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A wish to change stock, with the time and the id that its event will carry. */
public sealed interface Command permits Command.OfOneSku, Command.ReserveAll, HoldCommand {

    /** The id its event will have. */
    UUID id();

    /** When it is decided, to the millisecond. */
    Instant at();

    /** Who wants it, and why. */
    Cause cause();

    /** Changes one SKU. */
    sealed interface OfOneSku extends Command permits Adjust, Reserve {

        /** Whose stock is to change. */
        StockKey key();

        /** The version the caller saw: the command is rejected when it is another one by now; 0 = not there yet. */
        @Nullable
        Long expectedVersion();

        /** The change in units: negative takes away. */
        long delta();
    }

    /** Corrects the stock by a difference: a delivery, a return, damage, a count. */
    record Adjust(StockKey key, long delta, @Nullable Long expectedVersion, UUID id, Instant at, Cause cause)
            implements OfOneSku {
        /** Holds the ranges. */
        public Adjust {
            if (delta == 0 || delta < -InventoryRecord.QTY_MAX || delta > InventoryRecord.QTY_MAX) {
                throw new IllegalArgumentException("delta must be an integer other than 0, within ±2^53−1");
            }
            requireVersion(expectedVersion);
        }

        /** For no reason that was told. */
        public Adjust(StockKey key, long delta, @Nullable Long expectedVersion, UUID id, Instant at) {
            this(key, delta, expectedVersion, id, at, Cause.NONE);
        }
    }

    /** Takes units for a sale, all or none. */
    record Reserve(StockKey key, long qty, @Nullable Long expectedVersion, UUID id, Instant at, Cause cause)
            implements OfOneSku {
        /** Holds the ranges. */
        public Reserve {
            if (qty < 1 || qty > InventoryRecord.QTY_MAX) {
                throw new IllegalArgumentException("qty must be an integer from 1 to 2^53−1");
            }
            requireVersion(expectedVersion);
        }

        /** For no reason that was told. */
        public Reserve(StockKey key, long qty, @Nullable Long expectedVersion, UUID id, Instant at) {
            this(key, qty, expectedVersion, id, at, Cause.NONE);
        }

        @Override
        public long delta() {
            return -qty;
        }
    }

    /**
     * Takes units of several SKUs, of whatever stores, for one sale: all of them or none.
     *
     * @param lines what is asked of each, in the order of keys; each key once
     */
    record ReserveAll(List<Line> lines, UUID id, Instant at, Cause cause) implements Command {
        /** Adds up what is asked of the same SKU. */
        public ReserveAll {
            lines = Line.summed(lines);
        }

        /** The SKUs, in order. */
        public List<StockKey> keys() {
            return lines.stream().map(Line::key).toList();
        }
    }

    /** Takes units of SKUs for a sale: {@link Reserve} when it is one, so that its event is told in the plain form. */
    static Command reserve(List<Line> lines, UUID id, Instant at, Cause cause) {
        ReserveAll all = new ReserveAll(lines, id, at, cause);
        if (all.lines().size() > 1) {
            return all;
        }
        Line one = all.lines().getFirst();
        return new Reserve(one.key(), one.qty(), one.expectedVersion(), id, at, cause);
    }

    private static void requireVersion(@Nullable Long expectedVersion) {
        if (expectedVersion != null && expectedVersion < 0) {
            throw new IllegalArgumentException("expectedVersion must be an integer of at least 0");
        }
    }
}
