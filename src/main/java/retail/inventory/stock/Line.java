package retail.inventory.stock;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a command asks of one of several SKUs.
 *
 * @param qty units, 1 to {@link InventoryRecord#QTY_MAX}
 * @param expectedVersion the version the caller saw; null = any
 */
public record Line(StockKey key, long qty, @Nullable Long expectedVersion) {

    /** How many lines a command may have. */
    public static final int COUNT_MAX = 100;

    /** Holds the ranges. */
    public Line {
        if (qty < 1 || qty > InventoryRecord.QTY_MAX) {
            throw new IllegalArgumentException("qty must be an integer from 1 to 2^53−1");
        }
        if (expectedVersion != null && expectedVersion < 0) {
            throw new IllegalArgumentException("expectedVersion must be an integer of at least 0");
        }
    }

    /**
     * One line for each key, in the order of keys, with the units of all lines of that key: whether there are enough of them
     * is asked once (medusajs/medusa #16502 asked line by line).
     *
     * @throws IllegalArgumentException when there are none or too many, when the units of a key are more than a SKU can have,
     *     or two lines of a key expect different versions
     */
    public static List<Line> summed(List<Line> lines) {
        if (lines.isEmpty() || lines.size() > COUNT_MAX) {
            throw new IllegalArgumentException("there must be 1 to " + COUNT_MAX + " lines, not " + lines.size());
        }
        TreeMap<StockKey, Line> summed = new TreeMap<>();
        for (Line line : lines) {
            summed.merge(line.key(), line, Line::and);
        }
        return List.copyOf(summed.values());
    }

    private Line and(Line other) {
        Long expected = expectedVersion == null ? other.expectedVersion : expectedVersion;
        if (other.expectedVersion != null && !Objects.equals(expected, other.expectedVersion)) {
            throw new IllegalArgumentException("lines of one SKU must expect the same version");
        }
        return new Line(key, qty + other.qty, expected); // at most twice 2^53 each time, and refused beyond
    }
}
