package retail.inventory.central;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;

/**
 * Whether something was taken from this log: its last event has an id that no other log has at that place. A log's own id
 * would not tell, for a copy of a log goes on under another one, and what was copied with it is still right.
 */
final class LogEvidence {

    private LogEvidence() {}

    /** The id of an event; null when it cannot be told. */
    static @Nullable UUID at(EventFeed feed, long sequence) {
        if (sequence == 0) {
            return null;
        }
        try {
            List<Event> events = feed.read(sequence - 1, 1).events();
            return events.isEmpty() ? null : events.getFirst().eventId();
        } catch (EventsGoneException | LogDamagedException | LogUnavailableException e) {
            return null;
        }
    }

    /** Whether the log has another event than this one at a place; no, when either is not known. */
    static boolean contradicts(EventFeed feed, long sequence, @Nullable UUID eventId) {
        UUID here = eventId == null ? null : at(feed, sequence);
        return here != null && !here.equals(eventId);
    }
}
