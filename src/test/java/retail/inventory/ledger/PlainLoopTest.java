package retail.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainLoopTest {

    private static final LedgerKey KEY = new LedgerKey("eire", "A");

    @Test
    void refusesSaleBeyondStockAndGoesOnWithTheNextLine() {
        // 20 are sold, so 18 are on hand.
        PlainLoop loop = over(sale(10), sale(9), sale(1));

        assertThat(loop).isEqualTo(new PlainLoop(Map.of(KEY, new Stock(7, 3)), 1));
        assertThat(loop.versions()).isEqualTo(3);
    }

    @Test
    void sellsToTheLastUnitAndAgainAfterReturn() {
        // 10 are sold, so 9 are on hand.
        assertThat(over(sale(9), adjustment(1), sale(1)).stock()).isEqualTo(Map.of(KEY, new Stock(0, 4)));
    }

    @Test
    void refusesLossBeyondStock() {
        assertThat(over(adjustment(-2), sale(1))).isEqualTo(new PlainLoop(Map.of(KEY, new Stock(0, 2)), 1));
    }

    @Test
    void returnCreatesKeyThatNeverSellsAndLossDoesNot() {
        assertThat(over(adjustment(-3), adjustment(5), adjustment(-1)))
                .isEqualTo(new PlainLoop(Map.of(KEY, new Stock(4, 2)), 1));
        assertThat(over(adjustment(-3))).isEqualTo(new PlainLoop(Map.of(), 1));
    }

    private static LedgerLine sale(long units) {
        return new LedgerLine(2, KEY, true, units);
    }

    private static LedgerLine adjustment(long delta) {
        return new LedgerLine(2, KEY, false, delta);
    }

    private static PlainLoop over(LedgerLine... lines) {
        return PlainLoop.over(new Ledger(List.of(lines)));
    }
}
