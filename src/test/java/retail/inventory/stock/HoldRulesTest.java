package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static retail.inventory.stock.HoldWorld.A;
import static retail.inventory.stock.HoldWorld.B;
import static retail.inventory.stock.HoldWorld.C;
import static retail.inventory.stock.HoldWorld.START;
import static retail.inventory.stock.HoldWorld.TTL_MS;
import static retail.inventory.stock.HoldWorld.accepted;
import static retail.inventory.stock.HoldWorld.already;
import static retail.inventory.stock.HoldWorld.days;
import static retail.inventory.stock.HoldWorld.refused;
import static retail.inventory.stock.HoldWorld.take;

import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Hold.State;
import retail.inventory.stock.HoldCommand.Condition;

/** How holds are placed, changed, extended, and how they end. */
class HoldRulesTest {

    private final HoldWorld world = HoldWorld.with(A, 10).and(B, 10).and(C, 10);

    @Test
    void placingSaysItAll() {
        Hold hold = accepted(world.place("h", take(C, 1), take(A, 2)));
        assertThat(hold)
                .isEqualTo(new Hold(
                        "h",
                        1,
                        State.HELD,
                        START,
                        START.toEpochMilli() + TTL_MS,
                        null,
                        List.of(new HoldLine(A, 2, 2, 0), new HoldLine(C, 1, 1, 0)),
                        START,
                        false));
        assertThat(world.state("h")).isEqualTo(State.HELD);
        assertThat(world.at(TTL_MS).state("h")).isEqualTo(State.EXPIRED);
    }

    @Test
    void placingAgainMeansExactlyTheseLinesFromNowOn() {
        accepted(world.place("h", take(A, 2), take(B, 3)));
        Hold moved = accepted(world.at(1000).place("h", take(B, 1), take(C, 10)));
        assertThat(moved.lines()).containsExactly(new HoldLine(B, 1, 1, 0), new HoldLine(C, 10, 10, 0));
        assertThat(moved.endsMs()).isEqualTo(START.toEpochMilli() + 1000 + TTL_MS);
        world.has(A, 10, 0, 10);
        world.has(B, 10, 1, 9);
        world.has(C, 10, 10, 0);
        assertThat(world.record(A).holds()).isEqualTo(Holds.NONE);
    }

    @Test
    void conditionsAreAboutTheHold() {
        Condition absent = new Condition(true, null);
        refused(world.place("h", TTL_MS, false, new Condition(false, 1L), take(A, 1)), Reason.HOLD_CONFLICT);
        accepted(world.place("h", TTL_MS, false, absent, take(A, 1)));
        refused(world.place("h", TTL_MS, false, absent, take(A, 1)), Reason.HOLD_CONFLICT);
        refused(world.place("h", TTL_MS, false, new Condition(false, 2L), take(A, 1)), Reason.HOLD_CONFLICT);
        accepted(world.place("h", TTL_MS, false, new Condition(false, 1L), take(A, 2)));
        refused(world.at(TTL_MS).place("h", TTL_MS, false, absent, take(A, 1)), Reason.HOLD_CONFLICT);
        accepted(world.release("h"));
        refused(world.place("h", TTL_MS, false, absent, take(A, 1)), Reason.HOLD_CLOSED);
        world.has(A, 10, 0, 10);
    }

    /** Hold, then versions, then stock. */
    @Test
    void whatIsWrongIsToldInThisOrder() {
        Line old = new Line(A, 99, 7L);
        refused(world.place("h", old, take(B, 11)), Reason.VERSION_CONFLICT, "S1/A 99/10");
        refused(
                world.place("h", new Line(A, 99, 1L), take(B, 11)),
                Reason.INSUFFICIENT_STOCK,
                "S1/A 99/10",
                "S1/B 11/10");
        Condition absent = new Condition(true, null);
        accepted(world.place("h", new Line(A, 1, 1L)));
        refused(world.place("h", TTL_MS, false, absent, old), Reason.HOLD_CONFLICT);
        accepted(world.confirm("h"));
        refused(world.place("h", TTL_MS, false, absent, old), Reason.HOLD_CLOSED);
        refused(world.release("h", take(A, 99)), Reason.HOLD_CLOSED);
    }

    @Test
    void noExtensionLastsLongerThanAMonthFromTheFirstPlacing() {
        Hold placed = accepted(world.place("h", days(31), false, Condition.NONE, take(A, 1)));
        assertThat(placed.endsMs()).isEqualTo(START.toEpochMilli() + days(31));
        assertThat(accepted(world.at(days(20)).extend("h", days(20))).endsMs()).isEqualTo(placed.endsMs());
        assertThat(accepted(world.at(days(21)).place("h", days(20), false, Condition.NONE, take(A, 2)))
                        .endsMs())
                .isEqualTo(placed.endsMs());
        refused(world.at(days(31)).extend("h", TTL_MS), Reason.HOLD_EXPIRED);
        refused(world.place("h", take(A, 1)), Reason.HOLD_EXPIRED);
        assertThat(accepted(world.confirm("h")).late()).isTrue();
    }

    @Test
    void extendingMayShortenToo() {
        accepted(world.place("h", take(A, 3), take(B, 1)));
        Hold shorter = accepted(world.at(1000).extend("h", 1));
        assertThat(shorter.endsMs()).isEqualTo(START.toEpochMilli() + 1001);
        assertThat(shorter.version()).isEqualTo(2);
        assertThat(world.record(A).holds().all()).containsExactly(new HeldUnits("h", 3, shorter.endsMs()));
        assertThat(world.at(1001).state("h")).isEqualTo(State.EXPIRED);
    }

    @Test
    void anOrderIsHeldUntilSomebodyEndsIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> world.place("h", HeldUnits.NO_END, false, Condition.NONE, take(A, 1)))
                .withMessageContaining("reference");
        Hold order = accepted(world.placeOrder("h", "ORDER-1", take(A, 10)));
        assertThat(order.ends()).isNull();
        assertThat(order.reference()).isEqualTo("ORDER-1");
        refused(world.at(days(3650)).place("h2", take(A, 1)), Reason.INSUFFICIENT_STOCK, "S1/A 1/0");
        assertThat(accepted(world.confirm("h", take(A, 1))).reference()).isEqualTo("ORDER-1");
        assertThat(world.expire("h")).isInstanceOf(Decision.Already.class);
        assertThat(accepted(world.confirm("h")).late()).isFalse();
    }

    /** H15: a late payment must not take what the customer gave up. */
    @Test
    void releaseOfWhatHasEndedIsWritten() {
        accepted(world.place("h", take(A, 1), take(B, 1)));
        Accepted released = (Accepted) world.at(TTL_MS).release("h");
        assertThat(released.movements().size()).isEqualTo(2);
        refused(world.confirm("h"), Reason.HOLD_CLOSED);
        world.has(A, 10, 0, 10);

        accepted(world.place("k", take(A, 1), take(B, 1)));
        accepted(world.at(2 * TTL_MS).expire("k"));
        released = (Accepted) world.release("k");
        assertThat(released.movements().get(1))
                .isEqualTo(new Movement(
                        B,
                        0,
                        10,
                        6,
                        new HoldChange(0, new HeldUnits("k", 0, world.hold("k").endsMs()), List.of())));
    }

    @Test
    void ofOneThatHasEndedPartsAreTakenAndGivenBack() {
        accepted(world.place("h", take(A, 4), take(B, 4)));
        world.at(TTL_MS);
        Hold part = accepted(world.confirm("h", take(A, 1)));
        assertThat(part.recorded()).isEqualTo(State.EXPIRED);
        assertThat(part.late()).isTrue();
        assertThat(part.lines()).containsExactly(new HoldLine(A, 4, 3, 1), new HoldLine(B, 4, 4, 0));
        world.has(A, 9, 0, 9);
        assertThat(world.record(B).holds()).as("what it lost is written").isEqualTo(Holds.NONE);
        assertThat(accepted(world.release("h", take(A, 2))).lines())
                .containsExactly(new HoldLine(A, 4, 1, 1), new HoldLine(B, 4, 4, 0));
        refused(world.confirm("h", take(A, 2), take(B, 1), take(C, 1)), Reason.EXCEEDS_HOLD, "S1/A 2/1", "S2/A 1/0");
        Hold again = accepted(world.extend("h", TTL_MS));
        assertThat(again.recorded()).isEqualTo(State.HELD);
        world.has(A, 9, 1, 8);
        world.has(B, 10, 4, 6);
        accepted(world.confirm("h"));
        world.has(A, 8, 0, 8);
        world.has(B, 6, 0, 6);
    }

    /** One SKU is lost, the clock goes back: the hold has ended as a whole, and gets back what is there. */
    @Test
    void oneLostSkuEndsTheHold() {
        accepted(world.place("h", take(A, 5), take(B, 5)));
        accepted(world.at(TTL_MS).place("other", take(B, 6)));
        world.at(0);
        assertThat(world.state("h")).isEqualTo(State.EXPIRED);
        refused(world.confirm("h"), Reason.HOLD_EXPIRED, "S1/B 5/4");
        refused(world.place("h", take(A, 10), take(B, 5)), Reason.INSUFFICIENT_STOCK, "S1/B 5/4");
        assertThat(accepted(world.place("h", take(A, 10), take(B, 4))).recorded())
                .isEqualTo(State.HELD);
        world.has(A, 10, 10, 0);
        world.has(B, 10, 10, 0);
    }

    /** Its units are still written where nobody looked; whoever retakes less must not leave them there. */
    @Test
    void retakingAPartLeavesNothingOfTheRest() {
        accepted(world.place("h", take(A, 5), take(B, 5)));
        accepted(world.at(TTL_MS).place("other", take(B, 10)));
        Hold part = accepted(world.placePart("h", take(A, 5), take(B, 5)));
        assertThat(part.lines()).containsExactly(new HoldLine(A, 5, 5, 0));
        assertThat(world.state("h")).isEqualTo(State.HELD);
        refused(world.placePart("h", take(B, 1)), Reason.INSUFFICIENT_STOCK, "S1/B 1/0");
        assertThat(accepted(world.confirm("h")).late()).isFalse();
        world.has(A, 5, 0, 5);
        world.has(B, 10, 10, 0);
    }

    @Test
    void takenUnitsAreToldAfterTheHoldMovedOn() {
        accepted(world.place("h", take(A, 4)));
        accepted(world.confirm("h", take(A, 3)));
        Hold moved = accepted(world.place("h", take(B, 2)));
        assertThat(moved.lines()).containsExactly(new HoldLine(A, 4, 0, 3), new HoldLine(B, 2, 2, 0));
        assertThat(accepted(world.confirm("h")).lines())
                .containsExactly(new HoldLine(A, 4, 0, 3), new HoldLine(B, 2, 0, 2));
        world.has(A, 7, 0, 7);
        world.has(B, 8, 0, 8);
        assertThat(already(world.confirm("h", take(B, 2)))).isEqualTo(world.hold("h"));
    }

    @Test
    void anEndIsWrittenForEachHoldByItself() {
        accepted(world.place("h1", take(A, 1), take(B, 1)));
        accepted(world.place("h2", take(A, 2)));
        world.at(TTL_MS);
        Accepted first = (Accepted) world.expire("h1");
        assertThat(first.movements().get(0).lapsed()).isEmpty();
        assertThat(first.movements().get(0).held()).isEqualTo(2);
        world.has(A, 10, 0, 10);
        assertThat(world.state("h1")).isEqualTo(State.EXPIRED);
        assertThat(accepted(world.expire("h2")).recorded()).isEqualTo(State.EXPIRED);
        assertThat(already(world.expire("h2"))).isEqualTo(world.hold("h2"));
        assertThat(world.record(A).holds()).isEqualTo(Holds.NONE);
    }
}
