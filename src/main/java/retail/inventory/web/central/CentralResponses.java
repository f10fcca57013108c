package retail.inventory.web.central;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import retail.inventory.central.CentralInventory.Entry;
import retail.inventory.central.CentralInventory.Located;
import retail.inventory.central.Freshness;
import retail.inventory.web.UtcTimes;

/** The bodies of central answers; each says how old it is. */
final class CentralResponses {

    private CentralResponses() {}

    /** Up to which event of which log an answer has everything, and at what time it had it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AsOf(long sequence, String at, @Nullable String logId) {

        static AsOf of(Freshness freshness, @Nullable String logId) {
            return new AsOf(freshness.sequence(), UtcTimes.text(freshness.at()), logId);
        }
    }

    /** A SKU of a store, where the store is known. */
    record EntryResponse(String sku, long qty, long held, long available, long version, String updatedAt) {

        static EntryResponse of(Entry entry, Instant at) {
            long held = entry.held(at);
            return new EntryResponse(
                    entry.sku(),
                    entry.qty(),
                    held,
                    entry.qty() - held,
                    entry.version(),
                    UtcTimes.text(entry.updatedAtMs()));
        }
    }

    /** A SKU in one of its stores. */
    record InStoreResponse(String storeId, long qty, long held, long available, long version, String updatedAt) {

        static InStoreResponse of(Located located, Instant at) {
            Entry entry = located.entry();
            long held = entry.held(at);
            return new InStoreResponse(
                    located.storeId(),
                    entry.qty(),
                    held,
                    entry.qty() - held,
                    entry.version(),
                    UtcTimes.text(entry.updatedAtMs()));
        }
    }

    /** A SKU across stores. */
    record SkuResponse(
            String sku,
            long total,
            long totalHeld,
            long totalAvailable,
            List<InStoreResponse> stores,
            AsOf asOf,
            long lagMs,
            boolean stale) {

        static SkuResponse of(
                String sku, List<Located> found, Instant at, Freshness freshness, @Nullable String logId) {
            List<InStoreResponse> stores =
                    found.stream().map(each -> InStoreResponse.of(each, at)).toList();
            return new SkuResponse(
                    sku,
                    stores.stream().mapToLong(InStoreResponse::qty).sum(),
                    stores.stream().mapToLong(InStoreResponse::held).sum(),
                    stores.stream().mapToLong(InStoreResponse::available).sum(),
                    stores,
                    AsOf.of(freshness, logId),
                    freshness.lagMs(),
                    freshness.stale());
        }
    }

    /**
     * Some SKUs of a store.
     *
     * @param next what to send as {@code after} for the next page; absent on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StoreResponse(
            String storeId,
            List<EntryResponse> records,
            @Nullable String next,
            AsOf asOf,
            long lagMs,
            boolean stale) {}
}
