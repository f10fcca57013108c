package retail.inventory.central;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.journal.DecidedEvents.line;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.DecidedEvents;
import retail.inventory.journal.Event;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/** Events of holds as dead letters: kept whole, and applied once they can be. */
class LettersOfHoldsTest {

    private static final Instant T = Instant.parse("2026-11-23T10:00:00Z");

    private final SimDisk disk = new SimDisk();
    private final DecidedEvents decided = new DecidedEvents();

    @Test
    void areKeptWhole() throws IOException {
        decided.adjust(T, new StockKey("S1", "A"), 10);
        decided.adjust(T, new StockKey("S2", "B"), 10);
        List<Event> events = List.of(
                decided.hold(T, "first", 100, line("S1", "A", 3)).at(3),
                decided.hold(T, "for-ever", HeldUnits.NO_END, line("S1", "A", 1), line("S2", "B", 2))
                        .at(4),
                decided.adjust(T.plusMillis(100), new StockKey("S1", "A"), 1).at(5),
                decided.adjust(T.plusMillis(101), new StockKey("S1", "A"), 1).at(6),
                decided.confirm(T.plusMillis(200), "first").at(7),
                decided.release(T.plusMillis(300), "for-ever").at(8));
        CentralDeadLetters letters = letters();
        events.forEach(event -> letters.keep(event, "a test", null));

        CentralDeadLetters again = letters();
        again.load();
        for (Event event : events) {
            assertThat(requireNonNull(again.find(event.sequence())).event()).isEqualTo(event);
        }
        assertThat(events.get(4).hold()).matches(hold -> requireNonNull(hold).late());
    }

    @Test
    void areAppliedOnceTheyCanBe() {
        FakeFeed feed = new FakeFeed();
        Event stocked = decided.adjust(T, new StockKey("S1", "A"), 10);
        Event held = decided.hold(T, "cart", 100, line("S1", "A", 3));
        Event sold = decided.confirm(T.plusMillis(1), "cart");
        feed.append(stocked, broken(held));
        try (Copy copy = Copy.started(disk, feed)) {
            assertThat(copy.dead()).containsExactly(2L);
            feed.replace(2, held);
            assertThat(copy.central.replay(requireNonNull(copy.letters.find(2))))
                    .isNull();
            assertThat(requireNonNull(copy.view.find("S1", "A")).held(T)).isEqualTo(3);
            feed.append(sold);
            copy.worker.sync();
            assertThat(copy.stock()).containsEntry("S1/A", "7@3");
            assertThat(copy.dead()).isEmpty();
        }
    }

    /** Says that other units are held than its hold has. */
    private static Event broken(Event event) {
        var movement = event.movement();
        var change = requireNonNull(movement.holds());
        return new Event(
                event.sequence(),
                event.eventId(),
                event.atMs(),
                event.type(),
                new Movement(
                        movement.key(),
                        movement.delta(),
                        movement.qty(),
                        movement.version(),
                        new HoldChange(change.held() + 1, change.own(), change.lapsed())),
                event.hold(),
                event.expectedVersion(),
                event.cause(),
                event.request(),
                event.traceId());
    }

    private CentralDeadLetters letters() {
        return new CentralDeadLetters(disk, Copy.LETTERS, () -> Copy.NOW, ImpatientBreakers.one());
    }
}
