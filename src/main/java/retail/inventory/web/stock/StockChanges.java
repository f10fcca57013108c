package retail.inventory.web.stock;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.service.Answer;
import retail.inventory.service.HoldWish;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.StockKey;

/** The changes of {@link Stock}, measured. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class StockChanges {

    private final Stock stock;
    private final CommitMetrics adjusts;
    private final CommitMetrics reserves;
    private final Map<HoldOperation, CommitMetrics> holds = new EnumMap<>(HoldOperation.class);

    StockChanges(Stock stock, MeterRegistry registry) {
        this.stock = stock;
        this.adjusts = new CommitMetrics(registry, "adjust");
        this.reserves = new CommitMetrics(registry, "reserve");
        for (HoldOperation operation : HoldOperation.values()) {
            holds.put(operation, new CommitMetrics(registry, operation.word(), operation.reasons()));
        }
    }

    /** See {@link Stock#adjust}. */
    Answer adjust(
            StockKey key, long delta, @Nullable Long expectedVersion, Cause cause, @Nullable String idempotencyKey) {
        return adjusts.measured(() -> stock.adjust(key, delta, expectedVersion, cause, idempotencyKey));
    }

    /** See {@link Stock#changeHold}. */
    Answer changeHold(HoldOperation operation, HoldWish wish, Cause cause, @Nullable String idempotencyKey) {
        return requireNonNull(holds.get(operation)).measured(() -> stock.changeHold(wish, cause, idempotencyKey));
    }

    /** See {@link Stock#reserve}. */
    Answer reserve(
            StockKey key, long qty, @Nullable Long expectedVersion, Cause cause, @Nullable String idempotencyKey) {
        return reserves.measured(() -> stock.reserve(key, qty, expectedVersion, cause, idempotencyKey));
    }
}
