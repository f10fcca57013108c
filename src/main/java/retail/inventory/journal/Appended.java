package retail.inventory.journal;

import org.jspecify.annotations.Nullable;
import retail.inventory.stock.InventoryRecord;

/** What became of an event that was handed to the log. */
public sealed interface Appended {

    /** It is in the log for good, at this sequence. */
    record Durable(long sequence) implements Appended {}

    /**
     * Another process was first; the event is not in the log and has to be decided again.
     *
     * @param current the SKU's record; null when the reader of {@link EventLog#open} was given what made it
     */
    record Conflict(@Nullable InventoryRecord current) implements Appended {}

    /** The log failed. The event will never be read from it by this process; what it led to must be undone. */
    record Unavailable(String reason) implements Appended {}
}
