package retail.inventory.journal;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Command;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExpireHold;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;
import retail.inventory.stock.StockRules;

/** Events as the rules decide them, one upon the other; of no log yet. */
public final class DecidedEvents {

    private final Map<StockKey, InventoryRecord> records = new HashMap<>();
    private final Map<String, Hold> holds = new HashMap<>();
    private final Random ids = new Random(1);

    /** The event that a command leads to; null when it is refused, or nothing is left to do. */
    public @Nullable Event tryTo(Command command, @Nullable String holdId) {
        StockRules.View seen = new StockRules.View() {
            @Override
            public @Nullable InventoryRecord record(StockKey key) {
                return records.get(key);
            }

            @Override
            public @Nullable Hold hold() {
                return holdId == null ? null : holds.get(holdId);
            }
        };
        if (!(StockRules.decide(seen, command) instanceof Accepted accepted)) {
            return null;
        }
        for (int i = 0; i < accepted.movements().size(); i++) {
            var movement = accepted.movements().get(i);
            records.compute(movement.key(), (key, before) -> StockRules.evolve(before, movement, command.at()));
        }
        Hold after = accepted.hold();
        if (after != null) {
            holds.put(after.id(), after);
        }
        return Event.of(command, accepted, null, null);
    }

    private Event done(Command command, @Nullable String holdId) {
        Event event = tryTo(command, holdId);
        if (event == null) {
            throw new IllegalStateException("refused: " + command);
        }
        return event;
    }

    /** Units come or go. */
    public Event adjust(Instant at, StockKey key, long delta) {
        return done(new Command.Adjust(key, delta, null, id(), at), null);
    }

    /** Units of several SKUs are taken. */
    public Event reserve(Instant at, List<Line> lines) {
        return done(Command.reserve(lines, id(), at, Cause.NONE), null);
    }

    /** A hold is placed, or becomes another. */
    public Event hold(Instant at, String holdId, long lastsMs, Line... lines) {
        return done(
                new PlaceHold(
                        holdId, Arrays.asList(lines), lastsMs, false, Condition.NONE, id(), at, because("ORDER-1")),
                holdId);
    }

    /** All its units are taken. */
    public Event confirm(Instant at, String holdId) {
        return done(new ConfirmHold(holdId, null, false, id(), at, Cause.NONE), holdId);
    }

    /** All its units are given back. */
    public Event release(Instant at, String holdId) {
        return done(new ReleaseHold(holdId, null, id(), at, Cause.NONE), holdId);
    }

    /** Its end is written down. */
    public Event expire(Instant at, String holdId) {
        return done(new ExpireHold(holdId, id(), at, Cause.NONE), holdId);
    }

    /** What they have led to. */
    public Map<StockKey, InventoryRecord> records() {
        return records;
    }

    /** Another one each time. */
    public UUID id() {
        return new UUID(ids.nextLong(), ids.nextLong());
    }

    /** A cause that says what for. */
    public static Cause because(String reference) {
        return new Cause(Cause.LOCAL, null, reference, null, null);
    }

    /** Of a SKU. */
    public static Line line(String storeId, String sku, long qty) {
        return new Line(new StockKey(storeId, sku), qty, null);
    }
}
