package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Command.Adjust;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Already;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExpireHold;
import retail.inventory.stock.HoldCommand.ExtendHold;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.StockRules.View;

/** Records, holds and a clock that the test holds. What the rules say to a command is done, and looked at from both sides. */
final class HoldWorld {

    static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    static final StockKey A = new StockKey("S1", "A");
    static final StockKey B = new StockKey("S1", "B");
    static final StockKey C = new StockKey("S2", "A");
    static final long TTL_MS = 600_000;

    private static final UUID ID = new UUID(1, 1);

    /** An event, as far as the rules are concerned. */
    record Happened(
            Instant at, Movements movements, @Nullable Hold hold) {}

    final Map<StockKey, InventoryRecord> records = new TreeMap<>();
    final Map<String, Hold> holds = new HashMap<>();
    final List<Happened> log = new ArrayList<>();
    private Instant now = START;

    private record Seen(HoldWorld world, @Nullable String holdId) implements View {
        @Override
        public @Nullable InventoryRecord record(StockKey key) {
            return world.records.get(key);
        }

        @Override
        public @Nullable Hold hold() {
            return holdId == null ? null : world.holds.get(holdId);
        }
    }

    static HoldWorld with(StockKey key, long qty) {
        return new HoldWorld().and(key, qty);
    }

    HoldWorld and(StockKey key, long qty) {
        adjust(key, qty);
        return this;
    }

    Instant now() {
        return now;
    }

    /** The clock shows so many milliseconds since the start, earlier than before perhaps. */
    HoldWorld at(long ms) {
        now = START.plusMillis(ms);
        return this;
    }

    /** Decides a command and does what happens. */
    Decision does(Command command) {
        Seen seen = new Seen(this, command instanceof HoldCommand hold ? hold.holdId() : null);
        Decision decision = StockRules.decide(seen, command);
        if (decision instanceof Accepted(Movements movements, Hold hold)) {
            happens(new Happened(now, movements, hold));
        }
        return decision;
    }

    private void happens(Happened event) {
        log.add(event);
        for (int i = 0; i < event.movements().size(); i++) {
            Movement movement = event.movements().get(i);
            InventoryRecord after = StockRules.evolve(records.get(movement.key()), movement, event.at());
            assertThat(after.holds().total())
                    .as("Σ holds of %s", movement.key())
                    .isEqualTo(movement.held());
            assertThat(after.available(event.at()))
                    .as("available of %s", movement.key())
                    .isNotNegative();
            records.put(movement.key(), after);
        }
        Hold hold = event.hold();
        if (hold != null) {
            Hold before = holds.put(hold.id(), hold);
            assertThat(before == null || !before.contains(hold)).as("is news").isTrue();
            boolean isAnother = before == null || !before.placed().equals(hold.placed());
            assertThat(isAnother || hold.contains(before)).as("is later").isTrue();
            requireClaims(hold);
        }
    }

    /** What a hold says that it has set aside, its SKUs say, too; of others it has nothing. */
    private void requireClaims(Hold hold) {
        for (InventoryRecord record : records.values()) {
            HoldLine line = hold.line(record.key());
            long claimed = line == null || hold.recorded() != Hold.State.HELD ? 0 : line.qty();
            assertThat(record.holds().find(hold.id()))
                    .as("%s of %s after %s", hold.id(), record.key(), hold)
                    .isEqualTo(claimed == 0 ? null : new HeldUnits(hold.id(), claimed, hold.endsMs()));
        }
    }

    /** What the log alone leads to. */
    HoldWorld replayed() {
        HoldWorld again = new HoldWorld();
        log.forEach(again::happens);
        return again;
    }

    static Line take(StockKey key, long qty) {
        return new Line(key, qty, null);
    }

    Decision adjust(StockKey key, long delta) {
        return does(new Adjust(key, delta, null, ID, now));
    }

    Decision reserve(StockKey key, long qty) {
        return does(new Reserve(key, qty, null, ID, now));
    }

    Decision reserveAll(Line... lines) {
        return does(Command.reserve(List.of(lines), ID, now, Cause.NONE));
    }

    /** For ten minutes. */
    Decision place(String id, Line... lines) {
        return place(id, TTL_MS, false, Condition.NONE, lines);
    }

    Decision place(String id, long lastsMs, boolean partial, Condition condition, Line... lines) {
        return does(new PlaceHold(id, List.of(lines), lastsMs, partial, condition, ID, now, Cause.NONE));
    }

    /** Until somebody ends it. */
    Decision placeOrder(String id, String reference, Line... lines) {
        Cause cause = new Cause(Cause.LOCAL, null, reference, null, null);
        return does(new PlaceHold(id, List.of(lines), HeldUnits.NO_END, false, Condition.NONE, ID, now, cause));
    }

    Decision placePart(String id, Line... lines) {
        return place(id, TTL_MS, true, Condition.NONE, lines);
    }

    Decision extend(String id, long lastsMs) {
        return does(new ExtendHold(id, lastsMs, ID, now, Cause.NONE));
    }

    /** Of the lines, or of all when there are none. */
    Decision confirm(String id, Line... lines) {
        return does(new ConfirmHold(id, lines.length == 0 ? null : List.of(lines), false, ID, now, Cause.NONE));
    }

    Decision confirmAndGiveBack(String id, Line... lines) {
        return does(new ConfirmHold(id, List.of(lines), true, ID, now, Cause.NONE));
    }

    /** Of the lines, or of all when there are none. */
    Decision release(String id, Line... lines) {
        return does(new ReleaseHold(id, lines.length == 0 ? null : List.of(lines), ID, now, Cause.NONE));
    }

    Decision expire(String id) {
        return does(new ExpireHold(id, ID, now, Cause.NONE));
    }

    InventoryRecord record(StockKey key) {
        return Objects.requireNonNull(records.get(key));
    }

    Hold hold(String id) {
        return Objects.requireNonNull(holds.get(id));
    }

    Hold.State state(String id) {
        return hold(id).stateIn(new Seen(this, id), now);
    }

    /** On hand, held and available, now. */
    void has(StockKey key, long qty, long held, long available) {
        InventoryRecord record = record(key);
        assertThat(List.of(record.qty(), record.held(now), record.available(now)))
                .as("%s at %s", key, now)
                .containsExactly(qty, held, available);
    }

    /** The hold of a command that was accepted. */
    static Hold accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Accepted.class);
        return Objects.requireNonNull(((Accepted) decision).hold());
    }

    /** The hold that is as it was asked for already. */
    static Hold already(Decision decision) {
        assertThat(decision).isInstanceOf(Already.class);
        return ((Already) decision).hold();
    }

    /** Refused, with the lines it is refused for: {@code S1/A 6/5} is 6 asked and 5 available. */
    static void refused(Decision decision, Reason reason, String... lines) {
        assertThat(decision).isInstanceOf(Rejected.class);
        Rejected rejected = (Rejected) decision;
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.lines().stream().map(HoldWorld::told)).containsExactly(lines);
    }

    private static String told(Decision.RejectedLine line) {
        return line.key().storeId() + "/" + line.key().sku() + " " + -line.delta() + "/" + line.available();
    }

    static long days(long days) {
        return Duration.ofDays(days).toMillis();
    }
}
