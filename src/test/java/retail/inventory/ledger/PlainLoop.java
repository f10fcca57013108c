package retail.inventory.ledger;

import java.util.Map;
import java.util.TreeMap;

/** The oracle: where the ledger must end, worked out by one thread with a map and an {@code if}. */
record PlainLoop(Map<LedgerKey, Stock> stock, long refused) {

    static PlainLoop over(Ledger ledger) {
        Map<LedgerKey, Stock> stock = new TreeMap<>();
        ledger.openingStock().forEach((key, units) -> stock.put(key, Stock.NONE.plus(units)));
        long refused = 0;
        for (LedgerLine line : ledger.lines()) {
            Stock before = stock.getOrDefault(line.key(), Stock.NONE);
            long delta = line.sale() ? -line.amount() : line.amount();
            if (before.qty() + delta < 0) {
                refused++;
            } else {
                stock.put(line.key(), before.plus(delta));
            }
        }
        return new PlainLoop(stock, refused);
    }

    long versions() {
        return stock.values().stream().mapToLong(Stock::version).sum();
    }
}
