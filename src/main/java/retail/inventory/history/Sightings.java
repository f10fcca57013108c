package retail.inventory.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import retail.inventory.history.History.State;

/** What was shown of states that had been before: each says for ever what was at a version, and at a place in the log. Safe for several threads. */
final class Sightings {

    private final Map<String, Seen> states = new ConcurrentHashMap<>();
    private final Map<Long, Object> events = new ConcurrentHashMap<>();
    private final AtomicLong durable = new AtomicLong();
    private final Queue<String> contradictions = new ConcurrentLinkedQueue<>();

    /**
     * A state that was shown.
     *
     * @param at when it was shown first
     */
    record Seen(String sku, State state, long at) {}

    void add(String sku, State state, long at) {
        if (state.version() == 0) {
            return;
        }
        Seen before = states.putIfAbsent(sku + "@" + state.version(), new Seen(sku, state, at));
        if (before != null && before.state().qty() != state.qty()) {
            contradictions.add(before + " was shown, then " + state);
        }
    }

    void addEvent(long sequence, Object eventId) {
        addDurable(sequence);
        Object before = events.putIfAbsent(sequence, eventId);
        if (before != null && !before.equals(eventId)) {
            contradictions.add("Event " + sequence + " was " + before + ", then " + eventId);
        }
    }

    void addDurable(long sequence) {
        durable.accumulateAndGet(sequence, Math::max);
    }

    Collection<Seen> states() {
        return states.values();
    }

    Map<Long, Object> events() {
        return events;
    }

    /** How far the log must go. */
    long durable() {
        return durable.get();
    }

    List<String> contradictions() {
        return List.copyOf(contradictions);
    }
}
