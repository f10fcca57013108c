package retail.inventory.journal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who hands an event to the log: takes the log's one answer, and until then its calls to go back. Called on threads of the
 * log: quick, and without exceptions.
 */
@FunctionalInterface
public interface Submitter extends Consumer<Appended> {

    /**
     * Whether nothing has come first that it would have to be decided again for, but what changes its row; asked when it is
     * appended, while nothing is taken in.
     */
    default boolean stands() {
        return true;
    }

    /**
     * Takes back what the event led to: it does not get into the log as it is. Called for all open events, newest first, so
     * that each finds what it left. An answer {@link Appended.Unavailable} follows, or {@link #decideAgain}.
     */
    default void undo() {}

    /**
     * Decides again, once the reader of {@link EventLog#open} has what came first; in the order in which the undone were
     * appended.
     *
     * @param undone what is open no more and gets no answer
     * @return what goes to the log now in its place; null when nothing does
     */
    default @Nullable PendingAppend decideAgain(PendingAppend undone) {
        return undone;
    }
}
