package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static retail.inventory.stock.Decision.Reason.ABOVE_MAXIMUM;
import static retail.inventory.stock.Decision.Reason.INSUFFICIENT_STOCK;
import static retail.inventory.stock.Decision.Reason.UNKNOWN_SKU;
import static retail.inventory.stock.Decision.Reason.VERSION_CONFLICT;
import static retail.inventory.stock.InventoryRecord.QTY_MAX;
import static retail.inventory.stock.StockScenario.AT;
import static retail.inventory.stock.StockScenario.KEY;
import static retail.inventory.stock.StockScenario.accepted;
import static retail.inventory.stock.StockScenario.adjust;
import static retail.inventory.stock.StockScenario.given;
import static retail.inventory.stock.StockScenario.ifVersion;
import static retail.inventory.stock.StockScenario.nothing;
import static retail.inventory.stock.StockScenario.received;
import static retail.inventory.stock.StockScenario.rejected;
import static retail.inventory.stock.StockScenario.reserve;
import static retail.inventory.stock.StockScenario.sold;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.stock.Command.Adjust;
import retail.inventory.stock.Command.Reserve;

class StockRulesTest {

    @Test
    void sellsWhatIsThere() {
        given(received(10)).when(reserve(3)).then(accepted(7, 2));
    }

    @Test
    void sellsTheLastUnit() {
        given(received(10)).when(reserve(10)).then(accepted(0, 2));
    }

    @Test
    void rejectsReservationBeyondAvailable() {
        given(received(10)).when(reserve(11)).then(rejected(INSUFFICIENT_STOCK));
    }

    @Test
    void countsWhatWasSoldBefore() {
        given(received(10), sold(9)).when(reserve(2)).then(rejected(INSUFFICIENT_STOCK));
    }

    @Test
    void rejectsReservationOfSoldOutSku() {
        given(received(1), sold(1)).when(reserve(1)).then(rejected(INSUFFICIENT_STOCK));
    }

    @Test
    void rejectsTheLargestReservationWithoutOverflow() {
        given(received(1)).when(reserve(QTY_MAX)).then(rejected(INSUFFICIENT_STOCK));
    }

    @Test
    void deliveryAddsToTheStock() {
        given(received(10)).when(adjust(5)).then(accepted(15, 2));
    }

    @Test
    void deliveryCreatesAnUnknownSku() {
        given(nothing()).when(adjust(5)).then(accepted(5, 1));
    }

    @Test
    void correctionTakesAwayDownToZero() {
        given(received(10)).when(adjust(-10)).then(accepted(0, 2));
    }

    @Test
    void rejectsCorrectionBelowZero() {
        given(received(10)).when(adjust(-11)).then(rejected(INSUFFICIENT_STOCK));
    }

    @Test
    void soldOutSkuStaysKnownAndCountsOn() {
        given(received(10), sold(10)).when(adjust(4)).then(accepted(4, 3));
    }

    @Test
    void rejectsReservationOfUnknownSku() {
        given(nothing()).when(reserve(1)).then(rejected(UNKNOWN_SKU));
    }

    @Test
    void rejectsNegativeCorrectionOfUnknownSku() {
        given(nothing()).when(adjust(-1)).then(rejected(UNKNOWN_SKU));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7})
    void unknownSkuCountsBeforeTheVersion(long expected) {
        given(nothing()).when(ifVersion(expected, reserve(1))).then(rejected(UNKNOWN_SKU));
    }

    @Test
    void acceptsTheVersionTheCallerSaw() {
        given(received(10), sold(1)).when(ifVersion(2, reserve(1))).then(accepted(8, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3, Long.MAX_VALUE})
    void rejectsAnyOtherVersion(long expected) {
        given(received(10), sold(1)).when(ifVersion(expected, reserve(1))).then(rejected(VERSION_CONFLICT));
    }

    @Test
    void comparesVersionsBeyondTheBoxedIntegerCache() {
        StockScenario.Past[] thousandDeliveries = new StockScenario.Past[1000];
        Arrays.fill(thousandDeliveries, received(1));
        given(thousandDeliveries).when(ifVersion(1000, adjust(1))).then(accepted(1001, 1001));
    }

    @Test
    void versionCountsBeforeTheQuantity() {
        given(received(10)).when(ifVersion(2, reserve(11))).then(rejected(VERSION_CONFLICT));
    }

    @Test
    void versionCountsBeforeTheMaximum() {
        given(received(QTY_MAX)).when(ifVersion(2, adjust(1))).then(rejected(VERSION_CONFLICT));
    }

    @Test
    void rightVersionDoesNotExcuseTheQuantity() {
        given(received(10)).when(ifVersion(1, reserve(11))).then(rejected(INSUFFICIENT_STOCK));
    }

    @Test
    void versionZeroCreatesOnly() {
        given(nothing()).when(ifVersion(0, adjust(5))).then(accepted(5, 1));
        given(received(5)).when(ifVersion(0, adjust(5))).then(rejected(VERSION_CONFLICT));
    }

    @Test
    void unknownSkuHasNoLaterVersion() {
        given(nothing()).when(ifVersion(1, adjust(5))).then(rejected(VERSION_CONFLICT));
    }

    @Test
    void reachesTheMaximum() {
        given(received(QTY_MAX - 1)).when(adjust(1)).then(accepted(QTY_MAX, 2));
        given(nothing()).when(adjust(QTY_MAX)).then(accepted(QTY_MAX, 1));
    }

    @Test
    void rejectsAboveTheMaximum() {
        given(received(QTY_MAX)).when(adjust(1)).then(rejected(ABOVE_MAXIMUM));
        given(received(1)).when(adjust(QTY_MAX)).then(rejected(ABOVE_MAXIMUM));
        given(received(QTY_MAX)).when(adjust(QTY_MAX)).then(rejected(ABOVE_MAXIMUM));
    }

    @Test
    void eventThatTheRecordContainsChangesNothing() {
        InventoryRecord now = new InventoryRecord(KEY, 7, 3, AT);
        for (long version = 1; version <= 3; version++) {
            Movement old = new Movement(KEY, 1, 99, version);
            assertThat(StockRules.evolve(now, old, AT.minusSeconds(1))).isSameAs(now);
        }
    }

    @Test
    void resultThatIsNotTheSumIsNoMovement() {
        InventoryRecord now = new InventoryRecord(KEY, 7, 3, AT);
        assertThat(StockRules.evolve(now, new Movement(KEY, -2, 5, 4), AT))
                .isEqualTo(new InventoryRecord(KEY, 5, 4, AT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StockRules.evolve(now, new Movement(KEY, -2, 6, 4), AT))
                .withMessage("7 and a change by -2 are not 6, which version 4 says");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StockRules.evolve(null, new Movement(KEY, 3, 4, 1), AT))
                .withMessageContaining("0 and a change by 3 are not 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StockRules.evolve(now, new Movement(KEY, Long.MAX_VALUE, 6, 4), AT));
    }

    @Test
    void movementBehindAGapIsTakenAtItsWord() {
        InventoryRecord now = new InventoryRecord(KEY, 7, 3, AT);
        assertThat(StockRules.evolve(now, new Movement(KEY, -2, 90, 5), AT))
                .isEqualTo(new InventoryRecord(KEY, 90, 5, AT));
        assertThat(StockRules.evolve(null, new Movement(KEY, -2, 90, 5), AT))
                .isEqualTo(new InventoryRecord(KEY, 90, 5, AT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StockRules.evolve(null, new Movement(KEY, -2, -1, 5), AT));
    }

    @Test
    void commandsAndRecordsHoldTheirRanges() {
        assertThatIllegalArgumentException().isThrownBy(() -> adjust(0)).withMessageContaining("delta");
        assertThatIllegalArgumentException().isThrownBy(() -> adjust(QTY_MAX + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> adjust(-QTY_MAX - 1));
        assertThatIllegalArgumentException().isThrownBy(() -> reserve(0)).withMessageContaining("qty");
        assertThatIllegalArgumentException().isThrownBy(() -> reserve(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> reserve(QTY_MAX + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Adjust(KEY, 1, -1L, new UUID(3, 1), AT));
        assertThatIllegalArgumentException().isThrownBy(() -> new Reserve(KEY, 1, -1L, new UUID(3, 1), AT));
        assertThatIllegalArgumentException().isThrownBy(() -> new InventoryRecord(KEY, -1, 1, AT));
        assertThatIllegalArgumentException().isThrownBy(() -> new InventoryRecord(KEY, QTY_MAX + 1, 1, AT));
        assertThatIllegalArgumentException().isThrownBy(() -> new InventoryRecord(KEY, 1, 0, AT));
        assertThat(adjust(-QTY_MAX).delta()).isEqualTo(-QTY_MAX);
        assertThat(reserve(QTY_MAX).delta()).isEqualTo(-QTY_MAX);
    }
}
