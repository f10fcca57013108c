package retail.inventory.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.Answer;
import retail.inventory.service.InventoryService;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/**
 * A request.
 *
 * @param delta what it changes of each SKU, or its number when it is about a hold; no two requests have the same
 * @param also other SKUs that it takes from, all or nothing
 * @param hold what it wants of a hold; null when it is about none
 */
record Request(
        StockKey key,
        long delta,
        @Nullable Long expectedVersion,
        @Nullable String idempotencyKey,
        List<StockKey> also,
        @Nullable HoldRequest hold) {

    private static final StockKey NO_SKU = new StockKey("none", "none");

    /** About one SKU. */
    Request(StockKey key, long delta, @Nullable Long expectedVersion, @Nullable String idempotencyKey) {
        this(key, delta, expectedVersion, idempotencyKey, List.of(), null);
    }

    /** About a hold. */
    static Request ofHold(long number, HoldRequest hold, @Nullable String idempotencyKey) {
        return new Request(NO_SKU, number, null, idempotencyKey, List.of(), hold);
    }

    /**
     * Asks a service for it.
     *
     * @param numbered is told the id that the event of a hold would have
     */
    Answer sentTo(InventoryService service, Consumer<UUID> numbered) {
        HoldRequest wish = hold;
        if (wish != null) {
            return service.changeHold(
                    (id, at, cause) -> {
                        numbered.accept(id);
                        return wish.command(id, at, cause);
                    },
                    wish.cause(),
                    idempotencyKey);
        }
        if (delta > 0) {
            return service.adjust(key, delta, expectedVersion, idempotencyKey);
        }
        if (also.isEmpty()) {
            return service.reserve(key, -delta, expectedVersion, idempotencyKey);
        }
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(key, -delta, expectedVersion));
        also.forEach(other -> lines.add(new Line(other, -delta, null)));
        return service.reserveAll(lines, Cause.NONE, idempotencyKey);
    }
}
