package retail.inventory.simulation;

import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Hold;
import retail.inventory.stock.StockKey;

/**
 * A caller that waits for an answer.
 *
 * @param life of which process; a process that has died answers nobody
 * @param floor the latest version of the SKU that anybody had been told by then
 * @param answered whether the request had been acknowledged by then
 * @param since when it asked
 * @param hold the latest state of its hold that anybody had been told by then
 */
record Caller(
        int life,
        StockKey key,
        long floor,
        boolean answered,
        Moment since,
        @Nullable Hold hold) {}
