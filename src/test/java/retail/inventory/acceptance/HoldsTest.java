package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.acceptance.Baskets.basket;
import static retail.inventory.acceptance.Baskets.line;
import static retail.inventory.acceptance.Baskets.lines;
import static retail.inventory.acceptance.Baskets.requireClosed;
import static retail.inventory.acceptance.Baskets.requireShort;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Units set aside and what becomes of them: what others' services got wrong, by the reports of their users. */
class HoldsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private static final Baskets HOLDS = new Baskets(SERVICE);

    /** Medusa #13625. */
    @Test
    void releasedUnitsAreThereAgain() {
        SERVICE.adjust("S1", "P1", 5);
        assertThat(HOLDS.place("p1", "P1", 3).status()).isEqualTo(201);
        HOLDS.requireStock("P1", 5, 3);
        Reply released = HOLDS.release("p1");
        assertThat(released.text("state")).isEqualTo("RELEASED");
        HOLDS.requireStock("P1", 5, 0);
    }

    /** Medusa PR 15397. */
    @Test
    void nothingDriftsHoweverOften() {
        SERVICE.adjust("S1", "P2", 5);
        for (int i = 0; i < 100; i++) {
            assertThat(HOLDS.place("p2-" + i, "P2", 2).status()).isEqualTo(201);
            HOLDS.requireStock("P2", 5, 2);
            assertThat(HOLDS.release("p2-" + i).status()).isEqualTo(200);
            HOLDS.requireStock("P2", 5, 0);
        }
    }

    /** Medusa #16502. */
    @Test
    void linesOfOneSkuAreAddedUp() {
        SERVICE.adjust("S1", "P3", 5);
        String twice = basket(line("S1", "P3", 3), line("S1", "P3", 3));
        requireShort(HOLDS.place("p3", twice), "insufficient-stock", "P3 6/5");
        SERVICE.adjust("S1", "P3", 1);
        Reply placed = HOLDS.place("p3", twice);
        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.json().get("lines")).hasSize(1);
        HOLDS.requireStock("P3", 6, 6);
    }

    /** Medusa PR 10139, WooCommerce #67354. */
    @Test
    void aHoldDoesNotBlockItsOwner() {
        SERVICE.adjust("S1", "P4", 5);
        HOLDS.place("p4", "P4", 3);
        Reply enlarged = HOLDS.place("p4", "P4", 5);
        assertThat(enlarged.status()).isEqualTo(200);
        HOLDS.requireStock("P4", 5, 5);
        requireShort(HOLDS.place("p4", "P4", 6), "insufficient-stock", "P4 6/5");
    }

    /** Magento #1849, #1878, #1026. */
    @Test
    void whatWasSoldIsNotReleased() {
        SERVICE.adjust("S1", "P5", 100);
        HOLDS.place("p5", "P5", 5);
        Reply sold = HOLDS.confirm("p5");
        assertThat(sold.text("state")).isEqualTo("CONFIRMED");
        assertThat(sold.json().has("late")).isFalse();
        requireClosed(HOLDS.release("p5"), "CONFIRMED");
        HOLDS.requireStock("P5", 95, 0);
        SERVICE.adjust("S1", "P5", 5);
        HOLDS.requireStock("P5", 100, 0);
    }

    /** Magento #3329. */
    @Test
    void theRestOfAHoldIsConfirmed() {
        SERVICE.adjust("S1", "P7", 10);
        HOLDS.place("p7", "P7", 6);
        Reply released = HOLDS.release("p7", basket(line("S1", "P7", 4)), "p7-release");
        assertThat(released.text("state")).isEqualTo("HELD");
        HOLDS.requireStock("P7", 10, 2);
        assertThat(HOLDS.confirm("p7").text("state")).isEqualTo("CONFIRMED");
        HOLDS.requireStock("P7", 8, 0);
    }

    /** ERPNext #52851. */
    @Test
    void theRestOfAHoldIsReleasedWithAConfirm() {
        SERVICE.adjust("S1", "P8", 10);
        HOLDS.place("p8", "P8", 6);
        String body = "{" + lines(line("S1", "P8", 4)) + ",\"releaseRest\":true}";
        assertThat(HOLDS.confirm("p8", body, "p8").text("state")).isEqualTo("CONFIRMED");
        HOLDS.requireStock("P8", 6, 0);
        Reply again = HOLDS.confirm("p8", body, "p8");
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        HOLDS.requireStock("P8", 6, 0);
    }

    /** Metasfresh PR 24360. */
    @Test
    void aHoldThatShrankLeavesNothingBehind() {
        SERVICE.adjust("S1", "P9", 100);
        HOLDS.place("p9", "P9", 100);
        HOLDS.place("p9", "P9", 75);
        HOLDS.requireStock("P9", 100, 75);
        HOLDS.confirm("p9");
        HOLDS.requireStock("P9", 25, 0);
    }

    /** Blnk #181. */
    @Test
    void heldUnitsAreNotTakenByOthers() {
        SERVICE.adjust("S1", "P10", 10);
        HOLDS.place("p10", "P10", 10);
        for (Reply refused : List.of(SERVICE.reserve("S1", "P10", 1), SERVICE.adjust("S1", "P10", -1))) {
            assertThat(refused.isProblem("insufficient-stock"))
                    .as(refused.body())
                    .isTrue();
            assertThat(refused.number("available")).isZero();
        }
        Reply other = HOLDS.place("p10-other", "P10", 1);
        requireShort(other, "insufficient-stock", "P10 1/0");
        assertThat(HOLDS.hold("p10-other").isProblem("unknown-hold")).isTrue();
    }

    /** Medusa's restoreReservationItems. */
    @Test
    void whatWasReleasedIsNotHeldAgain() {
        SERVICE.adjust("S1", "P15", 5);
        HOLDS.place("p15", "P15", 3);
        HOLDS.release("p15");
        requireClosed(HOLDS.place("p15", "P15", 3), "RELEASED");
        requireClosed(HOLDS.extend("p15", 60), "RELEASED");
        requireClosed(HOLDS.confirm("p15"), "RELEASED");
        HOLDS.requireStock("P15", 5, 0);
        Reply again = HOLDS.release("p15");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(again.json().has("eventId")).isFalse();
    }

    /** Dynamics 365: unreserving with the check off. */
    @Test
    void noMoreIsReleasedThanIsHeld() {
        SERVICE.adjust("S1", "P16", 5);
        HOLDS.place("p16", "P16", 2);
        for (Reply refused : List.of(
                HOLDS.release("p16", basket(line("S1", "P16", 3)), "p16-1"),
                HOLDS.confirm("p16", basket(line("S1", "P16", 1), line("S1", "P16", 2)), "p16-2"))) {
            assertThat(refused.isProblem("exceeds-hold")).as(refused.body()).isTrue();
            assertThat(refused.json().get("lines").toString())
                    .isEqualTo("[{\"storeId\":\"S1\",\"sku\":\"P16\",\"requested\":3,\"held\":2}]");
        }
        HOLDS.requireStock("P16", 5, 2);
    }

    /** Kitchenasty #55, HMIS PR 20621, Spree's reserve.rb: all or nothing, and all that is short is named. */
    @Test
    void aBasketIsAllOrNothingAndNamesAllThatIsShort() {
        SERVICE.adjust("S1", "P18A", 5);
        SERVICE.adjust("S1", "P18B", 1);
        SERVICE.adjust("S2", "P18C", 2);
        String before = SERVICE.read("S1", "P18A").body();
        Reply refused = HOLDS.place(
                "p18",
                basket(line("S1", "P18A", 5), line("S1", "P18B", 2), line("S2", "P18C", 3), line("S3", "P18D", 1)));
        requireShort(refused, "insufficient-stock", "P18B 2/1", "P18C 3/2", "P18D 1/0");
        assertThat(refused.text("detail")).isEqualTo("3 of 4 lines are short.");
        assertThat(refused.json().at("/shortages/2/unknown").asBoolean()).isTrue();
        assertThat(refused.json().at("/shortages/1").has("unknown")).isFalse();
        assertThat(SERVICE.read("S1", "P18A").body()).isEqualTo(before);
    }

    @Test
    void aPartOfABasketIsHeldWhenThatWillDo() {
        SERVICE.adjust("S1", "PA", 5);
        SERVICE.adjust("S1", "PB", 1);
        String basket = lines(line("S1", "PA", 3), line("S1", "PB", 2), line("S1", "PA", 3), line("S1", "PNONE", 1));
        requireShort(HOLDS.place("part", "{" + basket + "}"), "insufficient-stock", "PA 6/5", "PB 2/1", "PNONE 1/0");
        Reply part = HOLDS.place("part", "{" + basket + ",\"ifShort\":\"partial\"}");
        assertThat(part.status()).isEqualTo(201);
        assertThat(part.json().get("lines").toString())
                .isEqualTo("[{\"storeId\":\"S1\",\"sku\":\"PA\",\"requested\":6,\"qty\":5,\"confirmed\":0},"
                        + "{\"storeId\":\"S1\",\"sku\":\"PB\",\"requested\":2,\"qty\":1,\"confirmed\":0}]");
        Reply none = HOLDS.place("none", "{" + basket + ",\"ifShort\":\"partial\"}");
        requireShort(none, "insufficient-stock", "PA 6/0", "PB 2/0", "PNONE 1/0");
    }

    /** Vendure's createSalesForOrder. */
    @Test
    void eachStoreLosesWhatItHeld() {
        SERVICE.adjust("S1", "P20", 10);
        SERVICE.adjust("S2", "P20", 10);
        HOLDS.place("p20", basket(line("S1", "P20", 3), line("S2", "P20", 2)));
        Reply sold = HOLDS.confirm("p20");
        HOLDS.requireStock("S1", "P20", 7, 0);
        HOLDS.requireStock("S2", "P20", 8, 0);
        Reply event = SERVICE.get("/events?limit=1&after=" + (sold.number("sequence") - 1));
        List<String> deltas = new ArrayList<>();
        event.json()
                .at("/events/0/movements")
                .forEach(movement -> deltas.add(movement.get("storeId").asString() + " " + movement.get("delta")));
        assertThat(deltas).containsExactly("S1 -3", "S2 -2");
    }

    @Test
    void aHoldIsConfirmedInParts() {
        SERVICE.adjust("S1", "PARTS", 10);
        HOLDS.place("parts", "PARTS", 6);
        HOLDS.confirm("parts", basket(line("S1", "PARTS", 4)), "parts-1");
        HOLDS.requireStock("PARTS", 6, 2);
        Reply more = HOLDS.confirm("parts", basket(line("S1", "PARTS", 3)), "parts-2");
        assertThat(more.json().at("/lines/0/held").asLong()).isEqualTo(2);
        assertThat(HOLDS.confirm("parts").text("state")).isEqualTo("CONFIRMED");
        HOLDS.requireStock("PARTS", 4, 0);
        Reply again = HOLDS.confirm("parts");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        requireClosed(HOLDS.release("parts"), "CONFIRMED");
    }
}
