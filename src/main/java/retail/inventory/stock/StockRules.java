package retail.inventory.stock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;

/** The two pure functions that all stock goes through. */
public final class StockRules {

    private StockRules() {}

    /**
     * Decides a command on the state of its SKU: version first, then stock.
     *
     * @param current the SKU's record, null when the store does not have it yet
     * @return what happens, or why nothing does; never throws for a valid command on its own SKU
     */
    public static Decision decide(@Nullable InventoryRecord current, Command command) {
        long version = current == null ? 0 : current.version();
        long qty = current == null ? 0 : current.qty();
        if (current == null && command.delta() < 0) {
            return new Rejected(Reason.UNKNOWN_SKU, null);
        }
        Long expected = command.expectedVersion();
        if (expected != null && expected != version) {
            return new Rejected(Reason.VERSION_CONFLICT, current);
        }
        long result = Math.addExact(qty, command.delta());
        if (result < 0) {
            return new Rejected(Reason.INSUFFICIENT_STOCK, current);
        }
        if (result > InventoryRecord.QTY_MAX) {
            return new Rejected(Reason.ABOVE_MAXIMUM, current);
        }
        return new Accepted(new Movement(command.key(), command.delta(), result, Math.incrementExact(version)));
    }

    /**
     * The record after a movement. The movement carries its result, so a record before it is needed for two things only: a
     * movement that it already contains changes nothing, which makes replay harmless; and the result of the next one must
     * be its sum.
     *
     * @param before the record; null when there is none, or none is known
     * @param at when the event was decided
     * @throws IllegalArgumentException when the result is none that a SKU can have, or not the sum of the quantity before
     *     and the delta
     */
    public static InventoryRecord evolve(@Nullable InventoryRecord before, Movement movement, Instant at) {
        if (before != null && movement.version() <= before.version()) {
            return before;
        }
        long beforeVersion = before == null ? 0 : before.version();
        if (movement.version() == beforeVersion + 1) {
            requireSum(before == null ? 0 : before.qty(), movement);
        }
        return new InventoryRecord(movement.key(), movement.qty(), movement.version(), at);
    }

    private static void requireSum(long before, Movement movement) {
        if (before + movement.delta() != movement.qty()) { // wraps around at worst, which is no right sum either
            throw new IllegalArgumentException(before + " and a change by " + movement.delta() + " are not "
                    + movement.qty() + ", which version " + movement.version() + " says");
        }
    }
}
