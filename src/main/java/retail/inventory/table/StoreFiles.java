package retail.inventory.table;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.InventoryRecord;

/** The files of one store: each holds a range of its SKUs, so that one sale never rewrites a big store. */
final class StoreFiles {

    private final String storeId;
    private final TreeMap<String, Part> byFirstSku = new TreeMap<>();
    private int numbered;

    StoreFiles(String storeId) {
        this.storeId = storeId;
    }

    /** One file and its range, which ends where the next one begins. */
    static final class Part {
        private final String from;
        private final String name;
        private int records;

        /** Which records a file that was found has, until {@link #countOnce}. */
        private List<InventoryRecord> found = List.of();

        private Part(String from, String name) {
            this.from = from;
            this.name = name;
        }

        String from() {
            return from;
        }

        String name() {
            return name;
        }
    }

    /** The store of a file, by its name. */
    static String storeOf(String name) {
        int tilde = name.indexOf('~');
        return name.substring(0, tilde >= 0 ? tilde : name.lastIndexOf('.'));
    }

    String storeId() {
        return storeId;
    }

    /** Takes up a file that was found. */
    void found(InventoryFile file, String name) {
        Part part = new Part(file.from(), name);
        part.found = file.records();
        byFirstSku.put(file.from(), part);
        int tilde = name.indexOf('~');
        if (tilde >= 0) {
            String number = name.substring(tilde + 1, name.indexOf('.', tilde));
            numbered = Math.max(numbered, Integer.parseInt(number));
        }
    }

    /** Counts what the files have; a record that a crash left in two files when it was to move counts where it is to be. */
    void countOnce() {
        for (Part part : byFirstSku.values()) {
            String end = endOf(part);
            part.records = (int) part.found.stream()
                    .filter(record -> end == null || record.key().sku().compareTo(end) < 0)
                    .count();
            part.found = List.of();
        }
    }

    /** The file whose range has a SKU. */
    Part partOf(String sku) {
        var entry = byFirstSku.floorEntry(sku);
        if (entry != null) {
            return entry.getValue();
        }
        Part first = new Part("", storeId + ".json");
        byFirstSku.put("", first);
        return first;
    }

    /** Where the range after a part begins; null when it is the last. */
    @Nullable
    String endOf(Part part) {
        return byFirstSku.higherKey(part.from);
    }

    /** A new file for the SKUs from one on; it takes part once it is {@link #written}. */
    Part split(String from) {
        numbered++;
        return new Part(from, storeId + "~" + numbered + ".json");
    }

    void written(Part part, int records) {
        part.records = records;
        byFirstSku.put(part.from, part);
    }

    long records() {
        long sum = 0;
        for (Part part : byFirstSku.values()) {
            sum += part.records;
        }
        return sum;
    }
}
