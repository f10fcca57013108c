package retail.inventory.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
    private final Map<StockKey, List<InventoryRecord>> bySku = new HashMap<>();
    private final Map<UUID, Long> numbers = new HashMap<>();
    private final Set<Long> effects = new HashSet<>();
    private final HoldReplay holds = new HoldReplay();

    /** Learns which request an event of a hold would be the effect of. */
    void numbered(UUID eventId, long number) {
        numbers.put(eventId, number);
    }

    /** Compares a recovered log, perhaps without its oldest events, and learns what is new; returns that. */
    List<Event> learn(List<Event> log, Moment now) {
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
                add(event, now);
            } else {
                require(event.equals(at(last)), () -> event + " was another one before");
            }
        }
        long end = last;
        require(end >= known, () -> "the log ended at " + known + " before, and ends at " + end + " now");
        return events.subList((int) known, events.size());
    }

    private void add(Event event, Moment now) {
        boolean asked = !isSweep(event);
        require(!asked || effects.add(number(event)), () -> "a second effect of one request: " + event);
        holds.play(event, now);
        for (int i = 0; i < event.movements().size(); i++) {
            Movement movement = event.movements().get(i);
            List<InventoryRecord> earlier = bySku.computeIfAbsent(movement.key(), key -> new ArrayList<>());
            long qty = earlier.isEmpty() ? 0 : earlier.getLast().qty();
            require(movement.version() == earlier.size() + 1L, () -> "a version is missing or comes twice: " + event);
            require(
                    event.hold() != null || movement.delta() == number(event),
                    () -> "another amount than was asked for: " + event);
            require(
                    movement.qty() == qty + movement.delta(),
                    () -> "the balance is not that after " + qty + ": " + event);
            require(movement.qty() >= 0, () -> "oversold: " + event);
            earlier.add(new InventoryRecord(
                    movement.key(), movement.qty(), holds.of(movement.key()), movement.version(), event.at()));
        }
        events.add(event);
    }

    /** The event at a sequence; null when the log ends before it. */
    @Nullable
    Event at(long sequence) {
        return sequence <= events.size() ? events.get((int) sequence - 1) : null;
    }

    /** A SKU at a version; null when it has not come so far. */
    @Nullable
    InventoryRecord at(StockKey key, long version) {
        List<InventoryRecord> of = bySku.getOrDefault(key, List.of());
        return version <= of.size() ? of.get((int) version - 1) : null;
    }

    boolean hasEffect(long number) {
        return effects.contains(number);
    }

    List<Event> all() {
        return events;
    }

    HoldReplay holds() {
        return holds;
    }

    Set<StockKey> keys() {
        return bySku.keySet();
    }

    /** The record of each SKU after its latest event. */
    Map<StockKey, InventoryRecord> latest() {
        Map<StockKey, InventoryRecord> latest = new HashMap<>();
        bySku.forEach((key, of) -> latest.put(key, of.getLast()));
        return latest;
    }

    /** An assertion whose message costs nothing while it holds. */
    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    /** Whether no caller asked for it: the sweeper did. */
    boolean isSweep(Event event) {
        return event.type().equals(Event.EXPIRE) && !numbers.containsKey(event.eventId());
    }

    /** Whose effect an event is: what a request changed of each of its SKUs, or the number of one about a hold. */
    long number(Event event) {
        if (event.hold() == null) {
            return event.movements().get(0).delta();
        }
        Long number = numbers.get(event.eventId());
        require(number != null, () -> "nobody asked for it: " + event);
        return number == null ? 0 : number;
    }
}
