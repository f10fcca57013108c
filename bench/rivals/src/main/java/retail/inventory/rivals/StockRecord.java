package retail.inventory.rivals;

import java.util.UUID;

/** A SKU in a store after a change, as the service answers it. */
record StockRecord(String sku, String storeId, long qty, long version, String updatedAt, UUID eventId, long sequence) {}
