package retail.inventory.service;

import java.util.UUID;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.InventoryRecord;

/** What a caller gets for a command; nothing in it can be taken back by a crash. */
public sealed interface Answer {

    /**
     * The command was accepted and its event is durable.
     *
     * @param record the SKU after it
     * @param eventId the event's id
     * @param sequence the event's place in the log
     * @param replayed whether this is the recorded answer to an earlier request with the same idempotency key
     */
    record Accepted(InventoryRecord record, UUID eventId, long sequence, boolean replayed) implements Answer {

        Accepted asReplay() {
            return new Accepted(record, eventId, sequence, true);
        }
    }

    /** The command was refused and changed nothing. */
    record Refused(Rejected rejection) implements Answer {}

    /** The idempotency key belongs to another request, which was accepted; this one changed nothing. */
    record KeyReused(String key) implements Answer {}
}
