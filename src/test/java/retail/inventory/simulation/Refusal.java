package retail.inventory.simulation;

import static retail.inventory.simulation.KnownLog.require;

import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.InventoryRecord;

/**
 * Whether a refusal had a reason.
 *
 * @param from when it was asked for
 * @param to when it was told
 */
record Refusal(Moment from, Moment to) {

    void requireReason(Request request, Rejected rejected) {
        require(!rejected.lines().isEmpty(), () -> "refused for nothing: " + request);
        for (RejectedLine line : rejected.lines()) {
            InventoryRecord current = line.current();
            long version = current == null ? 0 : current.version();
            Long expected = request.expectedVersion();
            require(
                    (expected != null && expected != version) || isShort(line, -request.delta(), ""),
                    () -> "no reason to refuse " + request + " on " + current + ", " + from + " to " + to);
        }
    }

    /**
     * Whether so much is more than what could be had of a SKU when it was refused, which is what was told.
     *
     * @param without a hold that has no part in it
     */
    boolean isShort(RejectedLine line, long asked, String without) {
        InventoryRecord current = line.current();
        long qty = current == null ? 0 : current.qty();
        boolean steady = to.follows(from);
        long least = qty - held(current, without, steady ? from : null);
        long most = qty - (steady ? held(current, without, to) : 0);
        return asked > line.available() && asked > least && line.available() >= least && line.available() <= most;
    }

    /** Units of all others at a moment; whether they have ended or not when there is none. */
    private static long held(@Nullable InventoryRecord record, String without, @Nullable Moment at) {
        long held = 0;
        for (HeldUnits units :
                record == null ? List.<HeldUnits>of() : record.holds().all()) {
            boolean counts = at == null || units.endsMs() > at.at().toEpochMilli();
            held += counts && !units.holdId().equals(without) ? units.qty() : 0;
        }
        return held;
    }
}
