package retail.inventory.central;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.journal.DecidedEvents.line;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.DecidedEvents;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Command;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExpireHold;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** What is set aside, as the central view has it. */
class CentralHoldsTest {

    private static final Instant T = Instant.parse("2026-11-23T10:00:00Z");
    private static final StockKey A = new StockKey("S1", "A");

    private final DecidedEvents decided = new DecidedEvents();
    private final FakeFeed feed = new FakeFeed();
    private final Copy copy = Copy.started(new SimDisk(), feed);

    @AfterEach
    void stops() {
        copy.close();
    }

    @Test
    void countsAHoldUntilTheInstantOfItsEnd() {
        apply(decided.adjust(T, A, 10));
        apply(decided.hold(T, "cart", 600_000, line("S1", "A", 3)));
        assertThat(entry().held(T.plusMillis(599_999))).isEqualTo(3);
        assertThat(entry().held(T.plusMillis(600_000))).isZero();
        assertThat(entry().holds().all()).containsExactly(new HeldUnits("cart", 3, T.toEpochMilli() + 600_000));
    }

    @Test
    void tellsFromItsEndOnThatAHoldWasNotDropped() {
        apply(decided.adjust(T, A, 10));
        apply(decided.hold(T, "first", 100, line("S1", "A", 3)));
        apply(decided.hold(T, "second", 200, line("S1", "A", 1)));
        apply(decided.hold(T, "for-ever", HeldUnits.NO_END, line("S1", "A", 1)));
        requireEnded(99, false);
        requireEnded(100, true);

        apply(decided.expire(T.plusMillis(150), "first"));
        requireEnded(199, false);
        requireEnded(200, true);

        apply(decided.adjust(T.plusMillis(300), A, 1)); // relies on the end, and says so
        requireEnded(1_000_000_000, false);
        assertThat(entry().held(T.plusMillis(300))).isEqualTo(1);
    }

    private void requireEnded(long afterMs, boolean ended) {
        Instant at = T.plusMillis(afterMs);
        assertThat(copy.view.hasEndedHolds("S1", at)).isEqualTo(ended);
        assertThat(copy.view.hasEndedHolds(store -> true, at)).isEqualTo(ended);
        assertThat(entry().hasEndedHolds(at)).isEqualTo(ended);
        assertThat(copy.view.hasEndedHolds("S2", at)).isFalse();
    }

    @Test
    void hasWhatTheStoresHaveAfterWhateverHappened() {
        Random random = new Random(7);
        Instant now = T;
        int events = 0;
        for (int i = 0; i < 3000; i++) {
            now = now.plusMillis(random.nextInt(40) - 5);
            String id = "h" + random.nextInt(9);
            Command command = command(random, id, now);
            Event event = decided.tryTo(command, id);
            if (event != null) {
                events++;
                apply(event);
                requireWhatTheStoresHave(now);
            }
        }
        assertThat(events).isGreaterThan(1000);
        assertThat(copy.dead()).isEmpty();
    }

    private Command command(Random random, String id, Instant now) {
        StockKey key = new StockKey("S" + random.nextInt(2), "A" + random.nextInt(2));
        return switch (random.nextInt(6)) {
            case 0 -> new Command.Adjust(key, 1 + random.nextInt(9), null, decided.id(), now);
            case 1 -> new Command.Reserve(key, 1 + random.nextInt(3), null, decided.id(), now, Cause.NONE);
            case 2 -> new ConfirmHold(id, null, false, decided.id(), now, Cause.NONE);
            case 3 -> new ReleaseHold(id, null, decided.id(), now, Cause.NONE);
            case 4 -> new ExpireHold(id, decided.id(), now, Cause.NONE);
            default ->
                new PlaceHold(
                        id + "." + random.nextInt(50),
                        List.of(line("S0", "A0", 1), line(key.storeId(), key.sku(), 1 + random.nextInt(3))),
                        random.nextInt(9) == 0 ? HeldUnits.NO_END : 1 + random.nextInt(300),
                        false,
                        Condition.NONE,
                        decided.id(),
                        now,
                        DecidedEvents.because("X"));
        };
    }

    private void requireWhatTheStoresHave(Instant now) {
        boolean ended = false;
        for (InventoryRecord record : decided.records().values()) {
            Entry entry = entry(record.key());
            assertThat(entry.holds()).isEqualTo(record.holds());
            assertThat(entry.qty()).isEqualTo(record.qty());
            assertThat(entry.held(now)).isEqualTo(record.held(now));
            ended |= record.held(now) != record.holds().total();
        }
        assertThat(copy.view.hasEndedHolds(store -> true, now)).isEqualTo(ended);
    }

    @Test
    void beginsWithTheHoldsOfTheStoresRecordsWhenTheLogIsNotEnough() {
        decided.adjust(T, A, 10);
        feed.append(decided.hold(T, "cart", 600_000, line("S1", "A", 3)).at(1));
        feed.beginsAt(2);
        try (Copy other = new Copy(new SimDisk(), feed)) {
            other.stores.have(1, requireNonNull(decided.records().get(A)));
            other.central.start(false);
            assertThat(requireNonNull(other.view.find("S1", "A")).held(T)).isEqualTo(3);
        }
    }

    private void apply(@Nullable Event event) {
        feed.append(requireNonNull(event));
        copy.worker.sync();
    }

    private Entry entry() {
        return entry(A);
    }

    private Entry entry(StockKey key) {
        return requireNonNull(copy.view.find(key.storeId(), key.sku()));
    }
}
