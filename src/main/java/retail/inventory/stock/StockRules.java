package retail.inventory.stock;

import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.StockCommand.Adjust;
import retail.inventory.stock.StockCommand.Reserve;
import retail.inventory.stock.StockEvent.Adjusted;
import retail.inventory.stock.StockEvent.Reserved;

/** The two pure functions that all stock goes through. */
public final class StockRules {

    private StockRules() {}

    /**
     * Decides a command on the state of its SKU: version first, then stock.
     *
     * @param current the SKU's record, null when the store does not have it yet
     * @return what happens, or why nothing does; never throws for a valid command on its own SKU
     */
    public static Decision decide(@Nullable InventoryRecord current, StockCommand command) {
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
        return new Accepted(event(command, result, Math.incrementExact(version)));
    }

    /**
     * The record after an event. The event carries its result, so the record before it is only needed to see that the
     * event is new: an event the record already contains changes nothing, which makes replay harmless.
     */
    public static InventoryRecord evolve(@Nullable InventoryRecord current, StockEvent event) {
        if (current != null && event.resultVersion() <= current.version()) {
            return current;
        }
        return new InventoryRecord(event.key(), event.resultQty(), event.resultVersion(), event.at());
    }

    private static StockEvent event(StockCommand command, long qty, long version) {
        return switch (command) {
            case Adjust a -> new Adjusted(a.key(), a.delta(), a.expectedVersion(), a.eventId(), a.at(), qty, version);
            case Reserve r -> new Reserved(r.key(), r.qty(), r.expectedVersion(), r.eventId(), r.at(), qty, version);
        };
    }
}
