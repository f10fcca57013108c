package retail.inventory.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;

/** Answers that were given before, as the log has them: an event says all that its answer said. */
record RecordedAnswers(EventFeed log) {

    /** What the command of an event was answered. */
    static Answer.Accepted of(Event event) {
        return new Answer.Accepted(
                event.movements(), event.hold(), event.at(), event.eventId(), event.sequence(), false);
    }

    /**
     * The event of a key that is remembered. Null when the log has let go of it: it keeps those whose keys live, so another
     * process, which keeps the log small and has seen this key for longer, knows that it is over.
     *
     * @throws OutcomeUnknownException when it cannot be read now
     */
    @Nullable
    Event at(long sequence) {
        try {
            if (log.reaches(sequence)) { // what another process wrote may be known before it is shown
                List<Event> events = log.read(sequence - 1, 1).events();
                if (!events.isEmpty()) {
                    return events.getFirst();
                }
            }
            throw new OutcomeUnknownException("the log does not have sequence " + sequence + ", which has this key");
        } catch (EventsGoneException over) {
            return null;
        } catch (LogUnavailableException | LogDamagedException e) {
            throw new OutcomeUnknownException(String.valueOf(e.getMessage()));
        }
    }
}
