package retail.inventory.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/**
 * All events that a recovered log has ever shown, also those it has put away since. What it shows once it has to show
 * ever after, and what it adds has to go on from there.
 */
final class KnownLog {

    private final List<Event> events = new ArrayList<>();
    private final Map<StockKey, List<Event>> bySku = new HashMap<>();
    private final Set<Long> deltas = new HashSet<>();

    /** Compares a recovered log, perhaps without its oldest events, and learns what is new; returns that. */
    List<Event> learn(List<Event> log) {
        long known = events.size();
        if (!log.isEmpty()) {
            long first = log.getFirst().sequence();
            require(first <= known + 1, () -> "events are lost between " + known + " and " + first);
        }
        long last = log.isEmpty() ? known : log.getFirst().sequence() - 1;
        for (Event event : log) {
            long after = last;
            require(event.sequence() == after + 1, () -> "after sequence " + after + " comes " + event);
            last = event.sequence();
            if (last > known) {
                add(event);
            } else {
                require(event.equals(at(last)), () -> event + " was another one before");
            }
        }
        long end = last;
        require(end >= known, () -> "the log ended at " + known + " before, and ends at " + end + " now");
        return events.subList((int) known, events.size());
    }

    private void add(Event event) {
        require(deltas.add(delta(event)), () -> "a second effect of one request: " + event);
        List<Event> earlier = bySku.computeIfAbsent(key(event), key -> new ArrayList<>());
        long qty = earlier.isEmpty() ? 0 : earlier.getLast().movement().qty();
        require(
                event.movement().version() == earlier.size() + 1L,
                () -> "a version is missing or comes twice: " + event);
        require(
                event.movement().qty() == qty + delta(event),
                () -> "the balance is not that after " + qty + ": " + event);
        require(event.movement().qty() >= 0, () -> "oversold: " + event);
        earlier.add(event);
        events.add(event);
    }

    /** The event at a sequence; null when the log ends before it. */
    @Nullable
    Event at(long sequence) {
        return sequence <= events.size() ? events.get((int) sequence - 1) : null;
    }

    /** The event that brought a SKU to a version; null when there is none. */
    @Nullable
    Event at(StockKey key, long version) {
        List<Event> of = bySku.getOrDefault(key, List.of());
        return version <= of.size() ? of.get((int) version - 1) : null;
    }

    boolean hasEffect(long delta) {
        return deltas.contains(delta);
    }

    List<Event> all() {
        return events;
    }

    Set<StockKey> keys() {
        return bySku.keySet();
    }

    /** The latest event of each SKU. */
    Collection<Event> latest() {
        return bySku.values().stream().map(List::getLast).toList();
    }

    /** An assertion whose message costs nothing while it holds. */
    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    /** What a request changed. */
    static long delta(Event event) {
        return event.movement().delta();
    }

    static StockKey key(Event event) {
        return event.movement().key();
    }

    static InventoryRecord record(Event event) {
        return new InventoryRecord(
                key(event), event.movement().qty(), event.movement().version(), Instant.ofEpochMilli(event.atMs()));
    }
}
