package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static retail.inventory.stock.HoldWorld.A;
import static retail.inventory.stock.HoldWorld.B;
import static retail.inventory.stock.HoldWorld.C;
import static retail.inventory.stock.HoldWorld.TTL_MS;
import static retail.inventory.stock.HoldWorld.accepted;
import static retail.inventory.stock.HoldWorld.refused;
import static retail.inventory.stock.HoldWorld.take;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Hold.State;
import retail.inventory.stock.HoldCommand.ReleaseHold;

/** What went wrong for others, by public reports. */
class HoldPitfallsTest {

    /** medusajs/medusa #13625. */
    @Test
    void releasedUnitsAreThereAgain() {
        HoldWorld world = HoldWorld.with(A, 5);
        accepted(world.place("h", take(A, 3)));
        accepted(world.release("h"));
        world.has(A, 5, 0, 5);
    }

    /** medusajs/medusa PR 15397: what is held drifted below zero. */
    @Test
    void heldUnitsDoNotDrift() {
        HoldWorld world = HoldWorld.with(A, 5);
        for (int i = 0; i < 100; i++) {
            accepted(world.place("h" + i, take(A, 2)));
            world.has(A, 5, 2, 3);
            accepted(world.release("h" + i));
            world.has(A, 5, 0, 5);
        }
    }

    /** medusajs/medusa #16502. */
    @Test
    void linesOfOneSkuAreAddedUpFirst() {
        HoldWorld world = HoldWorld.with(A, 5);
        refused(world.place("h", take(A, 3), take(A, 3)), Reason.INSUFFICIENT_STOCK, "S1/A 6/5");
        world.adjust(A, 1);
        accepted(world.place("h", take(A, 3), take(A, 3)));
        world.has(A, 6, 6, 0);
    }

    /** medusajs/medusa PR 10139, woocommerce/woocommerce #67354. */
    @Test
    void aHoldDoesNotStandInItsOwnWay() {
        HoldWorld world = HoldWorld.with(A, 5);
        accepted(world.place("h", take(A, 3)));
        accepted(world.place("h", take(A, 5)));
        world.has(A, 5, 5, 0);
        refused(world.place("h", take(A, 6)), Reason.INSUFFICIENT_STOCK, "S1/A 6/5");
        accepted(world.place("h", take(A, 5)));
        accepted(world.place("h", take(A, 1)));
        world.has(A, 5, 1, 4);
    }

    /** magento/inventory #1849, #1878, #1026. */
    @Test
    void takenUnitsAreNotGivenBackByARelease() {
        HoldWorld world = HoldWorld.with(A, 100);
        accepted(world.place("h", take(A, 5)));
        accepted(world.confirm("h"));
        refused(world.release("h"), Reason.HOLD_CLOSED);
        world.has(A, 95, 0, 95);
        world.adjust(A, 5);
        world.has(A, 100, 0, 100);
    }

    /** magento/inventory #3329. */
    @Test
    void confirmTakesWhatAPartialReleaseLeft() {
        HoldWorld world = HoldWorld.with(A, 10);
        accepted(world.place("h", take(A, 6)));
        accepted(world.release("h", take(A, 4)));
        world.has(A, 10, 2, 8);
        assertThat(accepted(world.confirm("h")).recorded()).isEqualTo(State.CONFIRMED);
        world.has(A, 8, 0, 8);
    }

    /** frappe/erpnext #52851: the rest stuck. */
    @Test
    void theRestIsGivenBackWhenItIsAskedFor() {
        HoldWorld world = HoldWorld.with(A, 10).and(B, 2);
        accepted(world.place("h", take(A, 6), take(B, 2)));
        Hold hold = accepted(world.confirmAndGiveBack("h", take(A, 4)));
        assertThat(hold.recorded()).isEqualTo(State.CONFIRMED);
        assertThat(hold.lines()).containsExactly(new HoldLine(A, 6, 0, 4), new HoldLine(B, 2, 0, 0));
        world.has(A, 6, 0, 6);
        world.has(B, 2, 0, 2);
    }

    /** metasfresh/metasfresh PR 24360. */
    @Test
    void nothingIsLeftOfAHoldThatShrank() {
        HoldWorld world = HoldWorld.with(A, 100);
        accepted(world.place("h", take(A, 100)));
        accepted(world.place("h", take(A, 75)));
        accepted(world.confirm("h"));
        world.has(A, 25, 0, 25);
        assertThat(world.record(A).holds()).isEqualTo(Holds.NONE);
    }

    /** blnkfinance/blnk #181. */
    @Test
    void reservesDoNotTakeHeldUnits() {
        HoldWorld world = HoldWorld.with(A, 10);
        accepted(world.place("h", take(A, 10)));
        refused(world.reserve(A, 1), Reason.INSUFFICIENT_STOCK, "S1/A 1/0");
        refused(world.adjust(A, -1), Reason.INSUFFICIENT_STOCK, "S1/A 1/0");
    }

    /** nopSolutions/nopCommerce #4251; records have no less than nothing available yet, so here it is nothing. */
    @Test
    void aPartOfNothingIsNothing() {
        HoldWorld world = HoldWorld.with(A, 5);
        accepted(world.place("h", take(A, 5)));
        refused(world.placePart("k", take(A, 2)), Reason.INSUFFICIENT_STOCK, "S1/A 2/0");
        refused(world.placePart("k", take(A, 2), take(B, 1)), Reason.INSUFFICIENT_STOCK, "S1/A 2/0", "S1/B 1/0");
        world.has(A, 5, 5, 0);
    }

    /** big-neon/bn-api #1189, fossunited/fossunited PR 1698. */
    @Test
    void moneyThatArrivesLateGetsWhatIsThere() {
        HoldWorld world = HoldWorld.with(A, 3);
        accepted(world.place("there", take(A, 1)));
        accepted(world.place("gone", take(A, 2)));
        world.at(TTL_MS + 1);
        assertThat(accepted(world.confirm("there")).late()).isTrue();
        world.has(A, 2, 0, 2);
        assertThat(world.reserve(A, 1)).isInstanceOf(Accepted.class);
        refused(world.confirm("gone"), Reason.HOLD_EXPIRED, "S1/A 2/1");
        world.has(A, 1, 0, 1);
        world.adjust(A, 1);
        assertThat(accepted(world.confirm("gone")).recorded()).isEqualTo(State.CONFIRMED);
    }

    /** medusajs/medusa restored what was released. */
    @Test
    void releasedStaysReleased() {
        HoldWorld world = HoldWorld.with(A, 5);
        accepted(world.place("h", take(A, 3)));
        accepted(world.release("h"));
        refused(world.place("h", take(A, 3)), Reason.HOLD_CLOSED);
        refused(world.extend("h", TTL_MS), Reason.HOLD_CLOSED);
        world.has(A, 5, 0, 5);
    }

    /** Dynamics 365: to unreserve was to reserve a negative quantity, unchecked. */
    @Test
    void nobodyGivesBackMoreThanIsHeld() {
        HoldWorld world = HoldWorld.with(A, 5);
        accepted(world.place("h", take(A, 2)));
        refused(world.release("h", take(A, 3)), Reason.EXCEEDS_HOLD, "S1/A 3/2");
        refused(world.release("h", take(A, 2), take(A, 1)), Reason.EXCEEDS_HOLD, "S1/A 3/2");
        refused(world.release("h", take(B, 1)), Reason.EXCEEDS_HOLD, "S1/B 1/0");
        assertThatIllegalArgumentException().isThrownBy(() -> take(A, -1));
        world.has(A, 5, 2, 3);
    }

    /** kitchenasty #55, hmislk/hmis PR 20621, BroadleafCommerce PR 1047: half a basket. */
    @Test
    void aBasketIsHeldWholeOrNotAtAll() {
        HoldWorld world = HoldWorld.with(A, 5).and(B, 1);
        refused(world.place("h", take(A, 3), take(B, 2)), Reason.INSUFFICIENT_STOCK, "S1/B 2/1");
        assertThat(world.record(A).version()).isEqualTo(1);
        world.has(A, 5, 0, 5);
        assertThat(world.holds).isEmpty();
    }

    /** spree/spree stopped at the first. */
    @Test
    void everyShortLineIsNamed() {
        StockKey last = new StockKey("S3", "Z");
        HoldWorld world = HoldWorld.with(A, 1).and(B, 9).and(C, 3);
        refused(
                world.place("h", take(A, 2), take(B, 9), take(C, 4), take(last, 1)),
                Reason.INSUFFICIENT_STOCK,
                "S1/A 2/1",
                "S2/A 4/3",
                "S3/Z 1/0");
    }

    /** vendurehq/vendure moved the whole quantity in each place. */
    @Test
    void eachStoreGivesItsPart() {
        HoldWorld world = HoldWorld.with(A, 10).and(C, 10);
        accepted(world.place("h", take(A, 3), take(C, 2)));
        Movements taken = ((Accepted) world.confirm("h")).movements();
        assertThat(taken.get(0).delta()).isEqualTo(-3);
        assertThat(taken.get(1).delta()).isEqualTo(-2);
        world.has(A, 7, 0, 7);
        world.has(C, 8, 0, 8);
    }

    @Test
    void badCommandsAreNoCommands() {
        HoldWorld world = HoldWorld.with(A, 5);
        assertThatIllegalArgumentException().isThrownBy(() -> world.place("h"));
        assertThatIllegalArgumentException().isThrownBy(() -> world.place("-", take(A, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> world.extend("h", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> world.extend("h", Hold.LASTS_AT_MOST.toMillis() + 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReleaseHold("?", null, new UUID(1, 1), Instant.EPOCH, Cause.NONE));
    }
}
