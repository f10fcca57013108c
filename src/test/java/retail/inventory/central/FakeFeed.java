package retail.inventory.central;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.Events;
import retail.inventory.journal.EventsGoneException;

/** A log in memory that can be changed afterwards, made to fail, and watched. */
public final class FakeFeed implements EventFeed {

    private final List<@Nullable Event> events = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile @Nullable RuntimeException failure;
    private volatile Runnable beforeRead = () -> {};
    private volatile Runnable afterRead = () -> {};
    private volatile Runnable afterDurable = () -> {};
    private volatile long durable;
    private volatile long lookAgeMs;
    private volatile long oldest = 1;
    private volatile @Nullable String logId;
    private volatile Map<String, Long> holds = Map.of();

    static Event event(String sku, long version) {
        return event(Event.ADJUST, sku, 100 + version, version);
    }

    /** Of a SKU that the version before left at 100 and as many as that version. */
    static Event event(String type, String sku, long qty, long version) {
        long delta = version == 1 ? qty : qty - (100 + version - 1);
        return Events.event(
                Event.NOT_YET,
                new UUID(sku.hashCode(), version),
                1_700_000_000_000L + version,
                type,
                "S1",
                sku,
                type.equals(Event.RESERVE) ? -delta : delta,
                null,
                qty,
                version,
                null);
    }

    /** Makes events durable and tells everybody. */
    void commit(Event... more) {
        append(more);
        tell();
    }

    /** Makes events durable and tells nobody. */
    synchronized void append(Event... more) {
        for (Event event : more) {
            events.add(event.at(events.size() + 1L));
        }
        durable = events.size();
    }

    /** Makes an event durable that was lost to damage. */
    synchronized void appendLost() {
        events.add(null);
        durable = events.size();
    }

    void tell() {
        listeners.forEach(Runnable::run);
    }

    /** Another event takes a place in the log. */
    void replace(long sequence, Event event) {
        events.set((int) sequence - 1, event.at(sequence));
    }

    /** From now on it has an id, and continues another log that ended at a sequence. */
    void isCalled(String id, String continued, long end) {
        logId = id;
        holds = Map.of(id, Long.MAX_VALUE, continued, end);
    }

    @Override
    public @Nullable String logId() {
        return logId;
    }

    @Override
    public long holdsThrough(String id) {
        return logId == null ? Long.MAX_VALUE : holds.getOrDefault(id, -1L);
    }

    /** Events before a sequence are gone from now on. */
    void beginsAt(long sequence) {
        oldest = sequence;
    }

    /** Every read fails from now on, or none. */
    public void fails(@Nullable RuntimeException next) {
        failure = next;
    }

    void beforeRead(Runnable next) {
        beforeRead = next;
    }

    /** Runs something between reading events and returning them. */
    void afterRead(Runnable next) {
        afterRead = next;
    }

    /** Runs something between reading the durable sequence and returning it. */
    void afterDurable(Runnable next) {
        afterDurable = next;
    }

    int reads() {
        return reads.get();
    }

    @Override
    public Batch read(long after, int limit) {
        reads.incrementAndGet();
        beforeRead.run();
        RuntimeException now = failure;
        if (now != null) {
            throw now;
        }
        if (after + 1 < oldest) {
            throw new EventsGoneException(oldest);
        }
        long to = Math.min(durable, after + limit);
        List<Event> batch = new ArrayList<>();
        for (long sequence = after + 1; sequence <= to; sequence++) {
            Event event = events.get((int) sequence - 1);
            if (event != null) {
                batch.add(event);
            }
        }
        afterRead.run();
        return new Batch(batch, Math.max(after, to));
    }

    @Override
    public long durableSequence() {
        long now = durable;
        afterDurable.run();
        return now;
    }

    /** How old the last look at another process's log is. */
    void lookAgeMs(long next) {
        lookAgeMs = next;
    }

    @Override
    public long lookAgeMs() {
        return lookAgeMs;
    }

    @Override
    public Original original(long sequence) {
        return new Original("place " + sequence, "text " + sequence);
    }

    @Override
    public void onCommit(Runnable listener) {
        listeners.add(listener);
    }
}
