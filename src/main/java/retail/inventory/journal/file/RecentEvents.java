package retail.inventory.journal.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;

/**
 * The latest durable events in memory, so that whoever follows the log closely never reads a file. One thread adds,
 * any number read: a reader that finds a slot overwritten by a later event gets nothing and reads the file.
 */
final class RecentEvents {

    private final AtomicReferenceArray<@Nullable Event> ring;

    RecentEvents(int kept) {
        this.ring = new AtomicReferenceArray<>(kept);
    }

    /** Adds the event that has just become durable. */
    void add(Event event) {
        ring.set(slot(event.sequence()), event);
    }

    /** The events of a range; null when not all of them are here. */
    @Nullable
    List<Event> range(long from, long to) {
        if (to - from >= ring.length()) {
            return null;
        }
        List<Event> events = new ArrayList<>((int) (to - from + 1));
        for (long sequence = from; sequence <= to; sequence++) {
            Event event = ring.get(slot(sequence));
            if (event == null || event.sequence() != sequence) {
                return null;
            }
            events.add(event);
        }
        return events;
    }

    private int slot(long sequence) {
        return (int) (sequence % ring.length());
    }
}
