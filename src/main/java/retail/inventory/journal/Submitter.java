package retail.inventory.journal;

import java.util.function.Consumer;

/**
 * Who hands an event to the log: takes the log's one answer. Called on threads of the log: quick, and without exceptions.
 */
@FunctionalInterface
public interface Submitter extends Consumer<Appended> {

    /**
     * Whether the event still follows from the state it was decided on. A log that others write too asks before it writes,
     * once all of theirs was handed to the reader of {@link EventLog#open}; an event that does not is answered
     * {@link Appended.Conflict}.
     */
    default boolean stands() {
        return true;
    }
}
