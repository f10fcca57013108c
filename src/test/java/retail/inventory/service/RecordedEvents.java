package retail.inventory.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.Event.KeyedRequest;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.Events;
import retail.inventory.journal.EventsGoneException;

/** A log of nothing but the events that answered keys, which a test puts in where it likes. */
final class RecordedEvents implements EventFeed {

    private final Map<Long, Event> events = new ConcurrentHashMap<>();
    private volatile long durable;
    private volatile long damaged;
    private volatile @Nullable RuntimeException failure;

    /** The event behind an answer, which the log has from now on. */
    synchronized Event put(KeyedRequest request, Answer.Accepted answer) {
        Event event = Events.event(
                answer.sequence(),
                answer.eventId(),
                answer.record().updatedAt().toEpochMilli(),
                Event.ADJUST,
                answer.record().key().storeId(),
                answer.record().key().sku(),
                answer.movements().get(0).delta(),
                null,
                answer.record().qty(),
                answer.record().version(),
                request);
        events.put(event.sequence(), event);
        durable = Math.max(durable, event.sequence());
        return event;
    }

    /** A change that has no key tells nothing but its time. */
    static Event unkeyed(Instant at) {
        return Events.event(0, new UUID(1, 1), at.toEpochMilli(), Event.ADJUST, "S", "A", 1, null, 1, 1, null);
    }

    /** As when it was compacted. */
    void lose(long sequence) {
        events.remove(sequence);
    }

    /** As when it was quarantined. */
    void damages(long sequence) {
        damaged = sequence;
    }

    /** What reading ends with from now on; null = with the event. */
    void fails(@Nullable RuntimeException with) {
        failure = with;
    }

    /** The latest event that is shown. */
    void shows(long sequence) {
        durable = sequence;
    }

    @Override
    public Batch read(long after, int limit) {
        RuntimeException e = failure;
        if (e != null) {
            throw e;
        }
        if (after + 1 == damaged) {
            return new Batch(List.of(), damaged);
        }
        Event event = events.get(after + 1);
        if (event == null) {
            throw new EventsGoneException(after + 2);
        }
        return new Batch(List.of(event), after + 1);
    }

    @Override
    public long durableSequence() {
        return durable;
    }

    @Override
    public Original original(long sequence) {
        throw new AssertionError("nobody asks for it");
    }

    @Override
    public void onCommit(Runnable listener) {
        throw new AssertionError("nobody follows");
    }
}
