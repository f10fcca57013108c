package retail.inventory.command;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Holds;
import retail.inventory.stock.Movement;

/** What is on hand and set aside of a SKU, and the version that has it. */
record SkuState(long qty, Holds holds, long version) {

    static final SkuState NOTHING = new SkuState(0, Holds.NONE, 0);

    SkuState after(Movement movement, long qtyAfter, boolean follows) {
        return new SkuState(qtyAfter, holds.after(movement.holds(), follows), movement.version());
    }

    /** Whether another is the same as far as both know it: of a log that does not begin at 1 some holds are not known. */
    boolean agrees(SkuState other) {
        boolean known = holds.isAccounted() && other.holds.isAccounted();
        return qty == other.qty
                && version == other.version
                && holds.total() == other.holds.total()
                && (!known || holds.equals(other.holds));
    }

    /** A hold of which another has something else; empty when there is none. */
    String otherHold(SkuState other) {
        for (Holds one : List.of(holds, other.holds)) {
            for (HeldUnits units : one.all()) {
                HeldUnits here = holds.find(units.holdId());
                HeldUnits there = other.holds.find(units.holdId());
                if (!Objects.equals(here, there)) {
                    return "; hold " + units.holdId() + ": " + text(here) + ", and " + text(there);
                }
            }
        }
        return "";
    }

    private static String text(@Nullable HeldUnits units) {
        return units == null
                ? "nothing"
                : units.qty() + (units.ends() == null ? " without end" : " until " + units.ends());
    }

    @Override
    public String toString() {
        String held = holds.isEmpty() ? "" : ", " + holds.total() + " held by " + holds.size();
        return version == 0 ? "nothing" : qty + " @ " + version + held;
    }
}
