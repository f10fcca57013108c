package retail.inventory.stock;

import java.time.Instant;

/**
 * The state of one SKU in one store after its latest event.
 *
 * @param key whose stock this is
 * @param qty units on hand, 0 to {@link #QTY_MAX}
 * @param holds what is set aside of them
 * @param version how many events this SKU has had: 1, 2, 3, … without gap
 * @param updatedAt when the latest event was decided, to the millisecond
 */
public record InventoryRecord(StockKey key, long qty, Holds holds, long version, Instant updatedAt) {

    /** The largest quantity: 2^53−1, the largest integer that every JSON client reads exactly (RFC 8259, section 6). */
    public static final long QTY_MAX = (1L << 53) - 1;

    /** Holds the ranges of quantity and version. */
    public InventoryRecord {
        if (qty < 0 || qty > QTY_MAX) {
            throw new IllegalArgumentException("qty must be 0 to " + QTY_MAX + ", not " + qty);
        }
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, not " + version);
        }
    }

    /** Of a SKU of which nothing is set aside. */
    public InventoryRecord(StockKey key, long qty, long version, Instant updatedAt) {
        this(key, qty, Holds.NONE, version, updatedAt);
    }

    /** Units set aside at an instant: a hold counts before its end. */
    public long held(Instant at) {
        return holds.live(at);
    }

    /** Units that can be taken at an instant. */
    public long available(Instant at) {
        return qty - held(at);
    }
}
