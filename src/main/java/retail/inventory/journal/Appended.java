package retail.inventory.journal;

import retail.inventory.stock.InventoryRecord;

/** What became of an event that was handed to the log. */
public sealed interface Appended {

    /** It is in the log for good, at this sequence. */
    record Durable(long sequence) implements Appended {}

    /** Another process wrote this version of the SKU first; the event is not in the log. */
    record Conflict(InventoryRecord current) implements Appended {}

    /** The log failed. The event will never be read from it by this process; what it led to must be undone. */
    record Unavailable(String reason) implements Appended {}
}
