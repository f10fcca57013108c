package retail.inventory.checkpoint;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.RangeKey;

/**
 * Which inventory file has which records. The records of all stores are in one order, and each file holds a range of it: so
 * many small stores share a file, and a big one has several.
 */
final class FileRanges {

    private final TreeMap<RangeKey, Part> byFirst = new TreeMap<>();
    private int numbered;

    /** One file and its range, which ends where the next one begins. */
    static final class Part {
        private final RangeKey from;
        private final int number;
        private int records;

        /** The records of a file that was found, until it is known where its range ends. */
        private List<InventoryRecord> found = List.of();

        private Part(RangeKey from, int number) {
            this.from = from;
            this.number = number;
        }

        RangeKey from() {
            return from;
        }

        int number() {
            return number;
        }
    }

    /** A number that is taken, be it by a file that cannot be used. */
    void taken(int number) {
        numbered = Math.max(numbered, number);
    }

    /**
     * Takes up a file that was found; files have to be told in the order of their ranges. A record that a crash left in two
     * files when it was to move counts where it is to be.
     */
    void found(InventoryFile file) {
        taken(file.number());
        var before = byFirst.lowerEntry(file.from());
        if (before != null) {
            before.getValue().records -= beyond(file.from(), before.getValue().found);
            before.getValue().found = List.of();
        }
        Part part = new Part(file.from(), file.number());
        part.records = file.records().size();
        part.found = file.records();
        byFirst.put(file.from(), part);
    }

    private static int beyond(RangeKey end, List<InventoryRecord> records) {
        int beyond = 0;
        while (beyond < records.size()
                && RangeKey.of(records.get(records.size() - 1 - beyond)).compareTo(end) >= 0) {
            beyond++;
        }
        return beyond;
    }

    /** The file whose range has a record. */
    Part partOf(String storeId, String sku) {
        var entry = byFirst.floorEntry(new RangeKey(storeId, sku));
        if (entry != null) {
            return entry.getValue();
        }
        Part first = newPart(RangeKey.FIRST);
        byFirst.put(RangeKey.FIRST, first);
        return first;
    }

    /** Where the range after a part begins; null when it is the last. */
    @Nullable
    RangeKey endOf(Part part) {
        return byFirst.higherKey(part.from);
    }

    /** A new file for the records from one on; it takes part once it is {@link #written}. */
    Part newPart(RangeKey from) {
        numbered++;
        return new Part(from, numbered);
    }

    void written(Part part, int records) {
        part.records = records;
        byFirst.put(part.from, part);
    }

    Collection<Part> parts() {
        return byFirst.values();
    }

    /** How many records the files have. */
    long records() {
        long sum = 0;
        for (Part part : byFirst.values()) {
            sum += part.records;
        }
        return sum;
    }
}
