package retail.inventory.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.StockKey;

/**
 * A request.
 *
 * @param delta what it changes of each SKU; no two requests have the same
 * @param also other SKUs that it takes from, all or nothing
 */
record Request(
        StockKey key,
        long delta,
        @Nullable Long expectedVersion,
        @Nullable String idempotencyKey,
        List<StockKey> also) {

    /** About one SKU. */
    Request(StockKey key, long delta, @Nullable Long expectedVersion, @Nullable String idempotencyKey) {
        this(key, delta, expectedVersion, idempotencyKey, List.of());
    }
}
