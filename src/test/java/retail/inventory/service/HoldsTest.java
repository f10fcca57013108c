package retail.inventory.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.HoldPath.OTHER;
import static retail.inventory.service.HoldPath.TTL;
import static retail.inventory.service.HoldPath.line;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.InventoryRecord;

/** A hold over several SKUs is one event, comes and goes as one, and ends by itself. */
class HoldsTest {

    private final HoldPath holds = new HoldPath();
    private final WritePath path = holds.path;

    @Test
    void isOneEventWithAllThatBecameOfIt() throws Exception {
        holds.stocked();
        Hold placed = holds.placed("cart", line(OTHER, 4), line(KEY, 3));
        Event event = holds.events().getLast();
        assertThat(event.type()).isEqualTo(Event.HOLD);
        assertThat(event.movements().size()).isEqualTo(2);
        assertThat(event.hold()).isEqualTo(placed);
        assertThat(holds.available(KEY)).isEqualTo(7);
        assertThat(holds.available(OTHER)).isZero();
        assertThat(path.service.reserve(OTHER, 1, null, null)).isInstanceOf(Answer.Refused.class);
        Hold sold = accepted(holds.now(holds.confirm("cart"))).hold();
        assertThat(requireNonNull(sold).recorded()).isEqualTo(Hold.State.CONFIRMED);
        assertThat(holds.record(KEY).qty()).isEqualTo(7);
        assertThat(holds.record(OTHER).qty()).isZero();
    }

    @Test
    void isTakenBackWholeWhenTheLogFails() throws Exception {
        holds.stocked();
        Hold before = holds.placed("cart", line(KEY, 3), line(OTHER, 1));
        InventoryRecord beforeOfOne = holds.record(KEY);
        InventoryRecord beforeOfOther = holds.record(OTHER);
        Call<Answer> taken = Call.of(holds.confirm("cart"));
        path.log.awaitPending(1);
        Call<Answer> given = Call.of(holds.place("second", line(OTHER, 1)));
        path.log.awaitPending(2);
        path.log.fails();
        assertThat(taken.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(given.failure()).isInstanceOf(OutcomeUnknownException.class);
        assertThat(holds.record(KEY)).isEqualTo(beforeOfOne);
        assertThat(holds.record(OTHER)).isEqualTo(beforeOfOther);
        assertThat(requireNonNull(path.service.hold("cart")).hold()).isEqualTo(before);
        assertThat(path.service.hold("second")).isNull();
        assertThat(path.table.holds().size()).isEqualTo(1);
    }

    @Test
    void leavesNothingWhenTheLogDoesNotTakeIt() throws Exception {
        holds.stocked();
        path.log.refuses(new LogUnavailableException(LogUnavailableException.Cause.FULL, "not now"));
        assertThat(Call.of(holds.place("cart", line(KEY, 3))).failure())
                .isInstanceOf(ServiceUnavailableException.class);
        assertThat(holds.available(KEY)).isEqualTo(10);
        assertThat(path.table.holds().size()).isZero();
    }

    @Test
    void isDecidedAgainOnWhatOthersLeft() throws Exception {
        holds.stocked();
        Call<Answer> cart = Call.of(holds.place("cart", line(KEY, 3), line(OTHER, 4)));
        path.log.awaitPending(1);
        path.overtakenBy(WritePath.record(OTHER, 1, 4, path.clock.instant()));
        Answer.Refused refused = (Answer.Refused) cart.answer();
        assertThat(refused.rejection().reason()).isEqualTo(Reason.INSUFFICIENT_STOCK);
        assertThat(refused.rejection().lines().getFirst().available()).isEqualTo(1);
        assertThat(holds.available(KEY)).isEqualTo(10);
        assertThat(path.service.hold("cart")).isNull();
    }

    @Test
    void repeatedRequestGetsWhatTheFirstOneGot() throws Exception {
        holds.stocked();
        holds.placed("cart", line(KEY, 6));
        Answer.Accepted first = accepted(holds.now(() -> path.service.changeHold(
                (id, at, told) -> new ConfirmHold("cart", List.of(line(KEY, 2)), false, id, at, told),
                Cause.NONE,
                "part")));
        accepted(holds.now(holds.confirm("cart")));
        Answer again = path.service.changeHold(
                (id, at, told) -> new ConfirmHold("cart", List.of(line(KEY, 2)), false, id, at, told),
                Cause.NONE,
                "part");
        assertThat(again).isEqualTo(first.asReplay());
        assertThat(path.service.changeHold(
                        (id, at, told) -> new ConfirmHold("cart", List.of(line(KEY, 1)), false, id, at, told),
                        Cause.NONE,
                        "part"))
                .isInstanceOf(Answer.KeyReused.class);
        assertThat(holds.confirm("cart").get()).isInstanceOf(Answer.Already.class);
        assertThat(holds.record(KEY).qty()).isEqualTo(4);
    }

    @Test
    void idsThatAreMadeUpCostNoMemory() {
        path.stocked(10, 1);
        for (int i = 0; i < 100; i++) {
            String madeUp = "cart-" + i;
            assertThat(holds.confirm(madeUp).get()).isInstanceOf(Answer.Refused.class);
            assertThat(holds.place(madeUp, line(KEY, 11)).get()).isInstanceOf(Answer.Refused.class);
            assertThat(holds.place(madeUp, line(OTHER, 1)).get()).isInstanceOf(Answer.Refused.class);
            assertThat(path.service.hold(madeUp)).isNull();
        }
        assertThat(path.table.holds().size()).isZero();
        assertThat(path.table.storeCount()).isEqualTo(1);
    }

    @Test
    void endsAtItsInstantWithNobodySweeping() throws Exception {
        holds.stocked();
        holds.placed("cart", line(KEY, 10));
        path.clock.passes(TTL.minusMillis(1));
        assertThat(path.service.reserve(KEY, 1, null, null)).isInstanceOf(Answer.Refused.class);
        path.clock.passes(Duration.ofMillis(1));
        assertThat(holds.state("cart")).isEqualTo(Hold.State.EXPIRED);
        assertThat(holds.available(KEY)).isEqualTo(10);
        accepted(holds.now(() -> path.service.reserve(KEY, 1, null, null)));
        path.clock.leaps(Duration.ofHours(-1));
        assertThat(holds.state("cart")).as("its lapse is in the log").isEqualTo(Hold.State.EXPIRED);
        assertThat(holds.available(KEY)).isEqualTo(9);
    }
}
