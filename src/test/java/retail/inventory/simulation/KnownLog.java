package retail.inventory.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
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
        for (int i = 0; i < event.movements().size(); i++) {
            Movement movement = event.movements().get(i);
            List<Event> earlier = bySku.computeIfAbsent(movement.key(), key -> new ArrayList<>());
            long qty = earlier.isEmpty()
                    ? 0
                    : movement(earlier.getLast(), movement.key()).qty();
            require(movement.version() == earlier.size() + 1L, () -> "a version is missing or comes twice: " + event);
            require(movement.delta() == delta(event), () -> "another amount than was asked for: " + event);
            require(movement.qty() == qty + delta(event), () -> "the balance is not that after " + qty + ": " + event);
            require(movement.qty() >= 0, () -> "oversold: " + event);
            earlier.add(event);
        }
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

    /** The record of each SKU after its latest event. */
    Map<StockKey, InventoryRecord> latest() {
        Map<StockKey, InventoryRecord> latest = new HashMap<>();
        bySku.forEach((key, of) -> latest.put(key, record(of.getLast(), key)));
        return latest;
    }

    /** An assertion whose message costs nothing while it holds. */
    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    /** What a request changed of each of its SKUs; no two requests have the same. */
    static long delta(Event event) {
        return event.movements().get(0).delta();
    }

    /** What an event did to one of its SKUs. */
    static Movement movement(Event event, StockKey key) {
        for (int i = 0; i < event.movements().size(); i++) {
            if (event.movements().get(i).key().equals(key)) {
                return event.movements().get(i);
            }
        }
        throw new AssertionError(event + " has nothing of " + key);
    }

    static InventoryRecord record(Event event, StockKey key) {
        Movement movement = movement(event, key);
        return new InventoryRecord(key, movement.qty(), movement.version(), Instant.ofEpochMilli(event.atMs()));
    }
}
