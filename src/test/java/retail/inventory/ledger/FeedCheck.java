package retail.inventory.ledger;

import java.util.HashMap;
import java.util.Map;

/**
 * Holds a feed against its promise: every sequence once and in order from 1 on, and each change the next of its key.
 * One thread accepts; {@link #last} may be asked by any, the rest when that thread has ended.
 */
final class FeedCheck {

    private final Map<LedgerKey, Held> stock = new HashMap<>();
    private final Complaints complaints = new Complaints();
    private volatile long last;

    void accept(FeedEvent event) {
        if (event.sequence() <= last) {
            complaints.add("Event %d came after %d, twice or too late.".formatted(event.sequence(), last));
            return;
        }
        if (event.sequence() != last + 1) {
            complaints.add("Event %d came after %d, with a gap.".formatted(event.sequence(), last));
        }
        Held before = stock.get(event.key());
        Stock must = (before == null ? Stock.NONE : before.stock()).plus(event.delta());
        if (!must.equals(event.held().stock())) {
            complaints.add("Event %d leaves %s with %s, expected %s."
                    .formatted(event.sequence(), event.key(), event.held().stock(), must));
        }
        stock.put(event.key(), event.held());
        last = event.sequence();
    }

    /** The latest sequence that came; 0 before the first. */
    long last() {
        return last;
    }

    /** What the changes so far add up to. */
    Map<LedgerKey, Held> stock() {
        return stock;
    }

    Complaints complaints() {
        return complaints;
    }
}
