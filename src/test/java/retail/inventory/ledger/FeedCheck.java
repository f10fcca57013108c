package retail.inventory.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds a feed against its promise: every sequence once and in order from 1 on, and each change the next of its key.
 * One thread accepts; {@link #last} may be asked by any, the rest when that thread has ended.
 */
final class FeedCheck {

    private final Consumer<String> complaints;
    private final Map<LedgerKey, Held> stock = new HashMap<>();
    private long wrong;
    private volatile long last;

    /** What it finds wrong goes to the complaints. */
    FeedCheck(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    void accept(FeedEvent event) {
        if (event.sequence() <= last) {
            complain("Event %d came after %d, twice or too late.".formatted(event.sequence(), last));
            return;
        }
        if (event.sequence() != last + 1) {
            complain("Event %d came after %d, with a gap.".formatted(event.sequence(), last));
        }
        Held before = stock.put(event.key(), event.held());
        Stock must = (before == null ? Stock.NONE : before.stock()).plus(event.delta());
        if (!must.equals(event.held().stock())) {
            complain("Event %d leaves %s with %s, expected %s."
                    .formatted(event.sequence(), event.key(), event.held().stock(), must));
        }
        last = event.sequence();
    }

    private void complain(String complaint) {
        wrong++;
        complaints.accept(complaint);
    }

    /** How often it complained. */
    long wrong() {
        return wrong;
    }

    /** The latest sequence that came; 0 before the first. */
    long last() {
        return last;
    }

    /** What the changes so far add up to. */
    Map<LedgerKey, Held> stock() {
        return stock;
    }
}
