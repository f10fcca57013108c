package retail.inventory.service;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Hold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockRules;

/** What a caller gets for a command; nothing in it can be taken back by a crash. */
public sealed interface Answer {

    /**
     * The command was accepted and its event is durable.
     *
     * @param movements what it did, with the results
     * @param hold its hold afterwards; null when it is about none
     * @param at when it was decided
     * @param eventId the event's id
     * @param sequence the event's place in the log
     * @param replayed whether this is the recorded answer to an earlier request with the same idempotency key
     */
    record Accepted(Movements movements, @Nullable Hold hold, Instant at, UUID eventId, long sequence, boolean replayed)
            implements Answer {

        /** About no hold. */
        public Accepted(Movements movements, Instant at, UUID eventId, long sequence, boolean replayed) {
            this(movements, null, at, eventId, sequence, replayed);
        }

        /** The SKU after it; of several the first one in the order of keys. */
        public InventoryRecord record() {
            return record(0);
        }

        /** One of the SKUs after it, from 0, in the order of keys. */
        public InventoryRecord record(int index) {
            return StockRules.evolve(null, movements.get(index), at);
        }

        Accepted asReplay() {
            return new Accepted(movements, hold, at, eventId, sequence, true);
        }
    }

    /** What was asked for is so already; nothing happened. */
    record Already(Hold hold) implements Answer {}

    /** The command was refused and changed nothing. */
    record Refused(Rejected rejection) implements Answer {}

    /** The idempotency key belongs to another request, which was accepted; this one changed nothing. */
    record KeyReused(String key) implements Answer {}
}
