package retail.inventory.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.service.Answer;
import retail.inventory.stock.InventoryRecord;

/** The bodies of stock answers. */
final class StockResponses {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private StockResponses() {}

    /** A SKU in a store. */
    record RecordResponse(String sku, String storeId, long qty, long version, String updatedAt) {

        static RecordResponse of(InventoryRecord record) {
            return new RecordResponse(
                    record.key().sku(),
                    record.key().storeId(),
                    record.qty(),
                    record.version(),
                    text(record.updatedAt()));
        }
    }

    /** A SKU after an accepted change, and the event that made it. */
    record ChangeResponse(
            String sku, String storeId, long qty, long version, String updatedAt, UUID eventId, long sequence) {

        static ChangeResponse of(Answer.Accepted answer) {
            InventoryRecord record = answer.record();
            return new ChangeResponse(
                    record.key().sku(),
                    record.key().storeId(),
                    record.qty(),
                    record.version(),
                    text(record.updatedAt()),
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

    static String text(Instant instant) {
        return MILLIS.format(instant);
    }

    static String text(long epochMs) {
        return text(Instant.ofEpochMilli(epochMs));
    }
}
