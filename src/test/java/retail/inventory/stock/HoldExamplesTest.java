package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.stock.HoldWorld.A;
import static retail.inventory.stock.HoldWorld.B;
import static retail.inventory.stock.HoldWorld.TTL_MS;
import static retail.inventory.stock.HoldWorld.accepted;
import static retail.inventory.stock.HoldWorld.already;
import static retail.inventory.stock.HoldWorld.refused;
import static retail.inventory.stock.HoldWorld.take;

import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Hold.State;

/** Small stories, with the numbers that everybody should get. */
class HoldExamplesTest {

    @Test
    void theLastUnitGoesToWhoeverIsThereWhenTheFirstHoldEnds() {
        HoldWorld world = HoldWorld.with(A, 1);
        accepted(world.place("h1", take(A, 1)));
        world.has(A, 1, 1, 0);
        refused(world.at(TTL_MS - 1).place("h2", take(A, 1)), Reason.INSUFFICIENT_STOCK, "S1/A 1/0");
        Decision second = world.at(TTL_MS).place("h2", take(A, 1));
        assertThat(((Accepted) second).movements().get(0))
                .isEqualTo(new Movement(
                        A, 0, 1, 3, new HoldChange(1, new HeldUnits("h2", 1, ms(2 * TTL_MS)), List.of("h1"))));
        refused(world.at(TTL_MS + 1).confirm("h1"), Reason.HOLD_EXPIRED, "S1/A 1/0");
        assertThat(world.state("h1")).isEqualTo(State.EXPIRED);
    }

    @Test
    void aLateConfirmTakesWhatIsStillThere() {
        HoldWorld world = HoldWorld.with(A, 1);
        accepted(world.place("h1", take(A, 1)));
        Hold late = accepted(world.at(TTL_MS + 1).confirm("h1"));
        assertThat(late.late()).isTrue();
        assertThat(late.recorded()).isEqualTo(State.CONFIRMED);
        world.has(A, 0, 0, 0);
    }

    @Test
    void unitsAreTakenInParts() {
        HoldWorld world = HoldWorld.with(A, 10);
        accepted(world.place("h", take(A, 6)));
        assertThat(accepted(world.confirm("h", take(A, 4))).recorded()).isEqualTo(State.HELD);
        world.has(A, 6, 2, 4);
        refused(world.confirm("h", take(A, 3)), Reason.EXCEEDS_HOLD, "S1/A 3/2");
        Hold all = accepted(world.confirm("h"));
        assertThat(all.recorded()).isEqualTo(State.CONFIRMED);
        assertThat(all.lines()).containsExactly(new HoldLine(A, 6, 0, 6));
        assertThat(all.late()).isFalse();
        world.has(A, 4, 0, 4);
        assertThat(already(world.confirm("h"))).isEqualTo(all);
        refused(world.release("h"), Reason.HOLD_CLOSED);
        world.has(A, 4, 0, 4);
    }

    @Test
    void aClockThatGoesBackUndoesNoLapse() {
        HoldWorld world = HoldWorld.with(A, 1);
        accepted(world.place("h1", take(A, 1)));
        accepted(world.at(TTL_MS).place("h2", take(A, 1)));
        world.at(TTL_MS - 3_600_000);
        refused(world.confirm("h1"), Reason.HOLD_EXPIRED, "S1/A 1/0");
        refused(world.extend("h1", TTL_MS), Reason.HOLD_EXPIRED, "S1/A 1/0");
        refused(world.place("h1", take(A, 1)), Reason.INSUFFICIENT_STOCK, "S1/A 1/0");
        assertThat(world.state("h1")).isEqualTo(State.EXPIRED);
        assertThat(accepted(world.confirm("h2")).late()).isFalse();
        world.has(A, 0, 0, 0);
    }

    @Test
    void takesLeaveAloneWhatIsHeld() {
        HoldWorld world = HoldWorld.with(A, 5);
        accepted(world.place("h", take(A, 4)));
        refused(world.adjust(A, -3), Reason.INSUFFICIENT_STOCK, "S1/A 3/1");
        refused(world.reserve(A, 2), Reason.INSUFFICIENT_STOCK, "S1/A 2/1");
        refused(world.reserveAll(take(A, 2), take(B, 1)), Reason.INSUFFICIENT_STOCK, "S1/A 2/1", "S1/B 1/0");
        assertThat(world.reserve(A, 1)).isInstanceOf(Accepted.class);
        world.has(A, 4, 4, 0);
        assertThat(world.adjust(A, 2)).isInstanceOf(Accepted.class);
        world.has(A, 6, 4, 2);
    }

    @Test
    void ofABasketEveryShortLineIsNamedOrWhatIsThereIsHeld() {
        HoldWorld world = HoldWorld.with(A, 5).and(B, 1);
        Line[] basket = {take(A, 3), take(B, 2), take(A, 3)};
        refused(world.place("h", basket), Reason.INSUFFICIENT_STOCK, "S1/A 6/5", "S1/B 2/1");
        assertThat(accepted(world.placePart("h", basket)).lines())
                .containsExactly(new HoldLine(A, 6, 5, 0), new HoldLine(B, 2, 1, 0));
        world.has(A, 5, 5, 0);
        world.has(B, 1, 1, 0);
    }

    private static long ms(long ms) {
        return HoldWorld.START.toEpochMilli() + ms;
    }
}
