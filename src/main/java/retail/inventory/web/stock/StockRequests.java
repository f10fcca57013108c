package retail.inventory.web.stock;

import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Cause;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.web.ProblemException;
import retail.inventory.web.WholeNumber;
import tools.jackson.databind.annotation.JsonDeserialize;

/** The bodies of stock requests. */
final class StockRequests {

    private StockRequests() {}

    /**
     * The body of an adjust.
     *
     * @param delta units to add, or to take away when negative; required
     * @param expectedVersion the version the client saw
     * @param reason why, in a word
     * @param reference an order, a document
     * @param actor whoever it was
     * @param occurredAt when it happened
     */
    record AdjustRequest(
            @JsonDeserialize(using = WholeNumber.class) @Nullable
            Long delta,

            @JsonDeserialize(using = WholeNumber.class) @Nullable
            Long expectedVersion,

            @Nullable String reason,
            @Nullable String reference,
            @Nullable String actor,
            @Nullable String occurredAt) {

        Cause cause() {
            return ToldCause.of(reason, reference, actor, occurredAt);
        }

        long requiredDelta() {
            if (delta == null || delta == 0 || delta < -InventoryRecord.QTY_MAX || delta > InventoryRecord.QTY_MAX) {
                throw ProblemException.invalid(
                        "delta",
                        "delta must be an integer other than 0, from -" + InventoryRecord.QTY_MAX + " to "
                                + InventoryRecord.QTY_MAX);
            }
            return delta;
        }
    }

    /**
     * The body of a reserve.
     *
     * @param qty units to take; required
     * @param expectedVersion the version the client saw
     * @param reason why, in a word
     * @param reference an order, a document
     * @param actor whoever it was
     * @param occurredAt when it happened
     */
    record ReserveRequest(
            @JsonDeserialize(using = WholeNumber.class) @Nullable
            Long qty,

            @JsonDeserialize(using = WholeNumber.class) @Nullable
            Long expectedVersion,

            @Nullable String reason,
            @Nullable String reference,
            @Nullable String actor,
            @Nullable String occurredAt) {

        Cause cause() {
            return ToldCause.of(reason, reference, actor, occurredAt);
        }

        long requiredQty() {
            if (qty == null || qty < 1 || qty > InventoryRecord.QTY_MAX) {
                throw ProblemException.invalid("qty", "qty must be an integer from 1 to " + InventoryRecord.QTY_MAX);
            }
            return qty;
        }
    }
}
