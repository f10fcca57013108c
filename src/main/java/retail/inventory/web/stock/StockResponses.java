package retail.inventory.web.stock;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.Answer;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Movement;
import retail.inventory.web.UtcTimes;

/** The bodies of stock answers. */
final class StockResponses {

    private StockResponses() {}

    /** A SKU in a store. */
    record RecordResponse(
            String sku, String storeId, long qty, long held, long available, long version, String updatedAt) {

        static RecordResponse of(InventoryRecord record, Instant now) {
            return new RecordResponse(
                    record.key().sku(),
                    record.key().storeId(),
                    record.qty(),
                    record.held(now),
                    record.available(now),
                    record.version(),
                    UtcTimes.text(record.updatedAt()));
        }
    }

    /** A SKU after an accepted change, and the event that made it. */
    record ChangeResponse(
            String sku,
            String storeId,
            long qty,
            long held,
            long available,
            long version,
            String updatedAt,
            UUID eventId,
            long sequence) {

        static ChangeResponse of(Answer.Accepted answer) {
            Movement moved = answer.movements().get(0);
            return new ChangeResponse(
                    moved.key().sku(),
                    moved.key().storeId(),
                    moved.qty(),
                    moved.held(),
                    moved.available(),
                    moved.version(),
                    UtcTimes.text(answer.at()),
                    answer.eventId(),
                    answer.sequence());
        }
    }

    /**
     * Some records of a store.
     *
     * @param next what to send as {@code after} for the next page; absent on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PageResponse(
            String storeId,
            List<RecordResponse> records,
            @Nullable String next) {}
}
