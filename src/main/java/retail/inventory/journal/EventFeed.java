package retail.inventory.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading the log while it grows: only durable events, in log order, from any position. Safe for several threads. */
public interface EventFeed {

    /**
     * Some events after a sequence.
     *
     * @param after the sequence the reader has; 0 = none
     * @param limit at most so many
     * @throws EventsGoneException when the event after that sequence is no longer kept
     * @throws LogDamagedException when it cannot be read
     * @throws LogUnavailableException when the storage fails
     */
    Batch read(long after, int limit);

    /** The sequence up to which everything is durable, and can be read; 0 = nothing yet. */
    long durableSequence();

    /**
     * Which history the log tells: a UUID, another one after it was put back from a copy; sequences of one mean nothing in
     * another. Null when that is not known yet.
     */
    default @Nullable String logId() {
        return null;
    }

    /**
     * Up to which sequence positions in a history, which were kept in files, are positions in this log:
     * {@link Long#MAX_VALUE} for its own history, where one ended that it continues, −1 for any other. In doubt, when the log
     * itself names none, all are.
     *
     * @throws LogUnavailableException when the storage fails
     */
    default long holdsThrough(String logId) {
        return Long.MAX_VALUE;
    }

    /**
     * Whether the log goes up to a sequence that somebody says there is. In doubt yes: it looks anew at what another
     * process has written, marked as durable or not yet.
     *
     * @throws LogUnavailableException when the storage fails
     */
    default boolean reaches(long sequence) {
        return sequence <= durableSequence();
    }

    /**
     * How old {@link #durableSequence} may be, in milliseconds: 0 when the log is written by this process, else the time
     * since its mark was last read.
     */
    default long lookAgeMs() {
        return 0;
    }

    /**
     * An event exactly as the storage keeps it, for a person or a program that cannot use it otherwise.
     *
     * @param sequence of a durable event
     * @throws EventsGoneException when it is no longer kept
     * @throws LogDamagedException when it cannot be read
     * @throws LogUnavailableException when the storage fails
     */
    Original original(long sequence);

    /** Runs something, quick, on a thread of the log whenever the durable sequence has advanced. */
    void onCommit(Runnable listener);

    /**
     * Events in log order.
     *
     * @param through the sequence to go on after: the last event's, or a later one when what follows was lost to damage
     */
    record Batch(List<Event> events, long through) {}

    /**
     * An event as the storage keeps it.
     *
     * @param place where that is
     * @param text all of it
     */
    record Original(String place, String text) {}
}
