package retail.inventory.central;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.central.CentralInventory.Located;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;
import retail.inventory.stock.StockRules;

/** Brings one event into the view, or into the dead letters when that cannot be done. */
final class EventApplier {

    private final CentralInventory view;
    private final CentralDeadLetters letters;
    private final EventFeed feed;
    private final ViewListener listener;

    EventApplier(CentralInventory view, CentralDeadLetters letters, EventFeed feed) {
        this(view, letters, feed, ViewListener.NONE);
    }

    /** The same, watched. */
    EventApplier(CentralInventory view, CentralDeadLetters letters, EventFeed feed, ViewListener listener) {
        this.view = view;
        this.letters = letters;
        this.feed = feed;
        this.listener = listener;
    }

    /** Applies events in their order; one that cannot be is kept as a dead letter. */
    void apply(List<Event> events) {
        for (Event event : events) {
            apply(event, trouble -> letters.keep(event, trouble, original(event)));
        }
        if (!events.isEmpty()) {
            listener.visible(events.getFirst());
        }
    }

    private EventFeed.@Nullable Original original(Event event) {
        try {
            return feed.original(event.sequence());
        } catch (EventsGoneException | LogDamagedException untold) {
            return null; // the letter has what was understood of it
        }
    }

    /** Null when the view is right after it, else what is wrong. */
    @Nullable
    String tryToApply(Event event) {
        AtomicReference<@Nullable String> found = new AtomicReference<>();
        apply(event, found::set);
        return found.get();
    }

    /** What a movement makes of its SKU: the version that the view holds now, 0 = none, and the entry to come. */
    private record Change(Movement movement, long heldVersion, Entry next) {

        private String storeId() {
            return movement.key().storeId();
        }
    }

    /** Tells the trouble before the view changes: afterwards a gap could no longer be seen, should telling fail. */
    private void apply(Event event, Consumer<String> trouble) {
        Movements movements = event.movements();
        Change[] changes = new Change[movements.size()];
        try {
            event.requireKnownType();
            for (int i = 0; i < changes.length; i++) {
                changes[i] = change(event, movements.get(i));
            }
        } catch (IllegalArgumentException e) {
            trouble.accept(String.valueOf(e.getMessage()));
            return;
        }
        // The state after a gap is the latest there is, so it is shown; the letter says that something was missed.
        String missing = missing(changes);
        if (missing != null) {
            trouble.accept(missing);
        }
        if (changes.length == 1) {
            view.apply(changes[0].storeId(), changes[0].next());
        } else {
            view.apply(Arrays.stream(changes)
                    .map(change -> new Located(change.storeId(), change.next()))
                    .toList());
        }
    }

    private Change change(Event event, Movement movement) {
        StockKey key = movement.key();
        Entry held = view.find(key.storeId(), key.sku());
        InventoryRecord before = held == null || held.version() >= movement.version()
                ? null
                : new InventoryRecord(
                        key, held.qty(), held.holds(), held.version(), Instant.ofEpochMilli(held.updatedAtMs()));
        InventoryRecord record = StockRules.evolve(before, movement, event.at());
        Entry next = new Entry(key.sku(), record.qty(), record.holds(), record.version(), event.atMs());
        return new Change(movement, held == null ? 0 : held.version(), next);
    }

    private @Nullable String missing(Change[] changes) {
        for (Change change : changes) {
            long first = change.heldVersion() + 1;
            long last = change.movement().version() - 1;
            if (first <= last && !letters.explain(change.movement().key(), first, last)) {
                return "versions " + first + " to " + last + " of the SKU are missing before it";
            }
        }
        return null;
    }
}
