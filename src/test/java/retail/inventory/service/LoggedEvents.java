package retail.inventory.service;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;
import retail.inventory.stock.StockKey;

/** Events that a start finds in the log: the first of a SKU delivers all it has, each later one takes three. */
final class LoggedEvents {

    private LoggedEvents() {}

    static Event event(
            long sequence, StockKey key, long qty, long version, Instant at, Event.@Nullable KeyedRequest request) {
        String type = version == 1 ? Event.ADJUST : Event.RESERVE;
        return Events.event(
                sequence,
                id(sequence),
                at.toEpochMilli(),
                type,
                key.storeId(),
                key.sku(),
                version == 1 ? qty : 3,
                null,
                qty,
                version,
                request);
    }

    /** Of the event at a sequence. */
    static UUID id(long sequence) {
        return new UUID(7, sequence);
    }
}
