package retail.inventory.web.central;

import com.fasterxml.jackson.annotation.JsonInclude;
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
    record EntryResponse(String sku, long qty, long version, String updatedAt) {

        static EntryResponse of(Entry entry) {
            return new EntryResponse(entry.sku(), entry.qty(), entry.version(), UtcTimes.text(entry.updatedAtMs()));
        }
    }

    /** A SKU in one of its stores. */
    record InStoreResponse(String storeId, long qty, long version, String updatedAt) {

        static InStoreResponse of(Located located) {
            Entry entry = located.entry();
            return new InStoreResponse(
                    located.storeId(), entry.qty(), entry.version(), UtcTimes.text(entry.updatedAtMs()));
        }
    }

    /** A SKU across stores. */
    record SkuResponse(String sku, long total, List<InStoreResponse> stores, AsOf asOf, long lagMs, boolean stale) {}

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
