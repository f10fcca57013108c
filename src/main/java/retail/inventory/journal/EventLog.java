package retail.inventory.journal;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one durable log of all stores: an event that was answered {@link Appended.Durable} is read from it ever after, in
 * the order of appends, exactly once.
 */
public interface EventLog extends AutoCloseable {

    /**
     * Opens the log and hands over what a starting process has to know, in log order: every event after a sequence, and
     * before it those that were not released and may be as young as keys live. All of them are durable.
     *
     * @param after the sequence the reader already has, of durable events; 0 = it has none
     * @param keysLive how long before the end of the log it needs events as well, by {@link LogAge}
     * @param reader takes the events; an event at or below {@code after} may be among them. When others write to the log
     *     too, it gets their events as long as the log is open: in log order, one at a time, each before anything is
     *     answered or read that follows it
     * @throws LogDamagedException when acknowledged events are missing or unreadable
     * @throws LogUnavailableException when the storage fails
     */
    Recovered open(long after, Duration keysLive, Consumer<Event> reader);

    /**
     * Puts an event at the end of the log and returns at once; the answer comes when its fate is known. The order of
     * calls is the order in the log.
     *
     * <p>Answers must be quick and must not throw. {@link Appended.Durable} answers come in log order. There is one way
     * back: everything open is undone, newest first, which leads back to the durable state. When the log failed, it is
     * answered {@link Appended.Unavailable}. When others wrote first, their events go to the reader of {@link #open} and
     * what was open is decided again, in order. No append is accepted before that is done.
     *
     * @throws LogUnavailableException when it takes no event now; then there is no answer
     * @throws OvertakenException when it is going back; then there is no answer either
     */
    void append(Event event, Submitter submitter);

    /**
     * Returns when an append would be taken now, as far as that can be known: the next moment may be another. Waits while the
     * log goes back, so not to be called with a row locked.
     *
     * @throws LogUnavailableException when it would be refused
     */
    default void requireTaking() {}

    /**
     * Has everything that was durable when this was called handed to the reader of {@link #open}, whoever wrote it. A log
     * that one process writes has nothing to do.
     *
     * @throws LogUnavailableException when what others wrote cannot be read
     */
    default void catchUp() {}

    /** Says how many threads may append now, for a log whose processes take turns: who has waited for one comes at once. */
    default void expect(IntSupplier appenders) {}

    /** Why what others wrote could not be read at the last look; empty when it could, and when nobody else writes. */
    default String followingProblem() {
        return "";
    }

    /**
     * Says what readers can do without from now on: events up to a sequence, but for those of late. The log may put them
     * away, when and as far as it likes: an {@link #open} after that sequence or a later one still finds what comes after
     * it. Returns when it has done what it does.
     *
     * @param young how long ago an event must have become durable at least: by elapsed time while this log was open, before
     *     that by {@link LogAge}, so that no clock that is set lets go of anything early or keeps it for long
     * @param pace is told after each piece of work how many nanoseconds it took, to rest before the next one, or to throw
     *     what ends the work there
     * @throws LogDamagedException when an event that would be put away cannot be read; it stays
     * @throws LogUnavailableException when the storage fails
     */
    void release(long through, Duration young, LongConsumer pace);

    /**
     * Says which is the first event whose idempotency key lives, by elapsed time, for the next open to know. It may be
     * forgotten: then one counts that was said before, or none.
     *
     * @throws LogUnavailableException when it cannot be kept
     */
    default void keepKeysFrom(long sequence) {}

    /** What was said so before this was opened; 0 when that is not known. Keys of earlier events are over. */
    default long keysFrom() {
        return 0;
    }

    /**
     * Which history the log tells: a UUID, another one after it was put back from a copy; sequences and versions of one
     * mean nothing in another. Null before {@link #open}, and as long as the storage cannot keep one.
     */
    default @Nullable String logId() {
        return null;
    }

    /**
     * Up to which sequence positions in a history, which were kept in files, are positions in this log:
     * {@link Long#MAX_VALUE} for its own history, where one ended that it continues, −1 for any other. In doubt, when the log
     * itself names none, all are. May be asked before {@link #open}.
     *
     * @throws LogUnavailableException when the storage fails
     */
    default long holdsThrough(String logId) {
        return Long.MAX_VALUE;
    }

    /** The sequence up to which everything is durable; 0 = nothing yet. */
    long durableSequence();

    /** How the log is doing. */
    LogStatus status();

    /** How long the oldest event that is not durable yet has waited, in nanoseconds; 0 when none waits. */
    default long durableLagNanos() {
        return 0;
    }

    /** Makes everything appended durable, then takes nothing more. */
    @Override
    void close();

    /**
     * What opening found.
     *
     * @param durableSequence the latest event
     * @param events how many were read
     * @param bytes how many bytes were read
     * @param repairs what was mended and how, one sentence each
     */
    record Recovered(long durableSequence, long events, long bytes, List<String> repairs) {}

    /**
     * How the log is doing.
     *
     * @param state what it does now
     * @param reason why, when it takes no events; else empty
     * @param queueDepth events waiting for the disk
     * @param busyMs how long the disk has been at work on some of them, in milliseconds; 0 when it is not
     */
    record LogStatus(State state, String reason, int queueDepth, long busyMs) {}

    /** What a log does. */
    enum State {
        /** It reads what is there; takes no events yet. */
        OPENING,
        /** It takes events. */
        OPEN,
        /** The storage failed; it can be read, and takes events again when a new segment works. */
        READ_ONLY,
        /** It takes no more events. */
        CLOSED
    }
}
