package retail.inventory.stock;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.RejectedLine;

/**
 * A SKU of a store at the instant of a command: holds that have ended are out of it, and whoever moves it writes that down.
 *
 * @param record as it was found; null when the store does not have it
 * @param holds those that have not ended
 * @param ended how many have
 */
record Position(StockKey key, @Nullable InventoryRecord record, Holds holds, int ended) {

    static Position of(StockKey key, @Nullable InventoryRecord record, Instant at) {
        if (record == null) {
            return new Position(key, null, Holds.NONE, 0);
        }
        int ended = record.holds().ended(at);
        return new Position(key, record, record.holds().withoutFirst(ended), ended);
    }

    /** With holds that have ended, as the record has them. */
    static Position asWritten(StockKey key, @Nullable InventoryRecord record) {
        return new Position(key, record, record == null ? Holds.NONE : record.holds(), 0);
    }

    long version() {
        return record == null ? 0 : record.version();
    }

    private long qty() {
        return record == null ? 0 : record.qty();
    }

    /** Units that can be taken. */
    long available() {
        return qty() - holds.total();
    }

    /** Units that a hold has set aside of it now. */
    long heldBy(String holdId) {
        HeldUnits units = holds.find(holdId);
        return units == null ? 0 : units.qty();
    }

    /** Whether one more hold would be one too many. */
    boolean isFull(String holdId) {
        return holds.size() >= Holds.COUNT_MAX && holds.find(holdId) == null;
    }

    /** Units come or go. */
    Movement moved(long delta) {
        if (record == null || record.holds().isEmpty()) {
            return new Movement(key, delta, qty() + delta, version() + 1);
        }
        return movement(delta, new HoldChange(holds.total(), null, lapsed("")));
    }

    /**
     * Units come or go, and a hold has so many set aside.
     *
     * @param delta units added, negative for those taken away
     * @param own what the hold has of it afterwards
     */
    Movement moved(long delta, HeldUnits own) {
        long held = holds.total() - heldBy(own.holdId()) + own.qty();
        return movement(delta, new HoldChange(held, own, lapsed(own.holdId())));
    }

    private Movement movement(long delta, HoldChange change) {
        return new Movement(key, delta, qty() + delta, version() + 1, change);
    }

    private List<String> lapsed(String own) {
        return ended == 0 || record == null ? List.of() : record.holds().firstIds(ended, own);
    }

    /** As a reason why something is refused. */
    RejectedLine rejected(long delta) {
        return new RejectedLine(key, delta, available(), record);
    }
}
