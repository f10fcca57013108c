package retail.inventory.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.ServiceUnavailableException.Reason;
import retail.inventory.stock.Hold;
import retail.inventory.table.Commit;
import retail.inventory.table.CommitTimeoutException;
import retail.inventory.table.HoldRow;
import retail.inventory.table.InventoryTable;

/** Holds as they are now, once all that shows in them is durable. */
record HoldReader(InventoryTable table) {

    private record Seen(boolean durable, @Nullable HoldNow hold) {}

    /** Null when there is none. */
    @Nullable
    HoldNow find(String holdId, Instant at) {
        try {
            for (int tries = 0; tries < Commit.TRIES_MAX; tries++) {
                HoldRow row = table.holds().find(holdId);
                if (row == null) {
                    return null;
                }
                Seen seen = seen(holdId, at);
                if (seen.durable()) {
                    return seen.hold();
                }
            }
        } catch (CommitTimeoutException e) {
            throw new ServiceUnavailableException(Reason.OVERLOADED, String.valueOf(e.getMessage()));
        }
        throw new ServiceUnavailableException(
                Reason.OVERLOADED, "all that was tried on hold " + holdId + " was taken back");
    }

    private Seen seen(String holdId, Instant at) {
        var looked = table.withHold(holdId, List.of(), rows -> rows.locked(now -> now));
        Hold hold = looked.hold();
        return new Seen(looked.isDurable(), hold == null ? null : new HoldNow(hold, hold.stateIn(looked, at)));
    }

    /** Those that are for something, behind an id, in the order of ids. */
    List<HoldNow> withReference(String reference, @Nullable String after, int limit, Instant at) {
        List<String> ids = table.holds().withReference(reference).stream()
                .filter(id -> after == null || id.compareTo(after) > 0)
                .sorted()
                .toList();
        return findAll(ids, at, limit);
    }

    /** Those that count and end before so long from then, the first to end first. */
    List<HoldNow> ending(Duration within, int limit, Instant at) {
        return findAll(table.holds().endingBetween(at, at.plus(within), limit), at, limit).stream()
                .filter(hold -> hold.state() == Hold.State.HELD)
                .toList();
    }

    /** Those of some ids that are there, at most so many. */
    private List<HoldNow> findAll(Collection<String> holdIds, Instant at, int limit) {
        List<HoldNow> found = new ArrayList<>();
        for (String holdId : holdIds) {
            if (found.size() == limit) {
                break;
            }
            HoldNow hold = find(holdId, at);
            if (hold != null) {
                found.add(hold);
            }
        }
        return found;
    }
}
