package retail.inventory.stock;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event did to one SKU of one store, with the state it led to. It is taken as it was written: whether it follows
 * from the state before is for {@link StockRules#evolve} to say.
 *
 * @param key whose stock moved
 * @param delta units added, negative for those taken away
 * @param qty units on hand after it
 * @param version the SKU's version after it
 * @param holds what it did to what is set aside; null when nothing is, nor was
 */
public record Movement(
        StockKey key,
        long delta,
        long qty,
        long version,
        @Nullable HoldChange holds) implements Movements {

    /** Of a SKU of which nothing is set aside. */
    public Movement(StockKey key, long delta, long qty, long version) {
        this(key, delta, qty, version, null);
    }

    /** Units set aside after it. */
    public long held() {
        return holds == null ? 0 : holds.held();
    }

    /** Units that can be taken after it, or more: holds may have ended whose own events have yet to say so. */
    public long available() {
        return qty - held();
    }

    /** The holds that had ended and were dropped by it. */
    public List<String> lapsed() {
        return holds == null ? List.of() : holds.lapsed();
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public Movement get(int index) {
        if (index != 0) {
            throw new IndexOutOfBoundsException(index);
        }
        return this;
    }
}
