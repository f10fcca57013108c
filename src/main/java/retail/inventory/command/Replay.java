package retail.inventory.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import retail.inventory.journal.Event;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/**
 * All changes of a log, each held against what it must follow from, beside copies of the stock that are brought up by the
 * changes alone: a copy never sees what the log says of a result, so equal ends are two sums that agree.
 */
final class Replay {

    private static final int EXAMPLES = 10;

    private final Consumer<String> problem;
    private final Map<StockKey, Held> ofLog = new HashMap<>();
    private final List<Copy> copies = new ArrayList<>();

    /** One object for a SKU, however many copies have it. */
    private final Map<StockKey, StockKey> keys = new HashMap<>();

    private boolean began;
    private boolean isWhole;
    private long gaps;
    private String exampleOfGap = "";

    /** A quantity and the version that has it. */
    private record Held(long qty, long version) {

        private static final Held NOTHING = new Held(0, 0);

        @Override
        public String toString() {
            return version == 0 ? "nothing" : qty + " @ " + version;
        }
    }

    /** How much there is. */
    record Total(long skus, long stores, long units) {}

    /** A copy of the stock, filled before the log is read. */
    final class Copy {
        private final Map<StockKey, Held> held = new HashMap<>();
        private long through;

        /** It has a SKU; of one that comes twice, the later version. */
        void has(StockKey key, long qty, long version) {
            held.merge(same(key), new Held(qty, version), (a, b) -> a.version() > b.version() ? a : b);
        }

        /** Every event up to this sequence is in it. */
        void goesThrough(long sequence) {
            through = sequence;
        }

        long through() {
            return through;
        }

        private void take(long sequence, Movement movement) {
            Held before = held.getOrDefault(movement.key(), Held.NOTHING);
            if (sequence > through && movement.version() == before.version() + 1) {
                held.put(same(movement.key()), new Held(before.qty() + movement.delta(), movement.version()));
            }
        }
    }

    /** Tells what is wrong by sentences. */
    Replay(Consumer<String> problem) {
        this.problem = problem;
    }

    /** Another copy, empty. */
    Copy copy() {
        Copy copy = new Copy();
        copies.add(copy);
        return copy;
    }

    /** Takes the next event of the log. */
    void take(Event event) {
        if (!began) {
            began = true;
            isWhole = event.sequence() == 1;
        }
        for (int i = 0; i < event.movements().size(); i++) {
            Movement movement = event.movements().get(i);
            requireThatItFollows(event.sequence(), movement);
            for (Copy copy : copies) {
                copy.take(event.sequence(), movement);
            }
        }
    }

    /** Versions that are missing, one gap each. */
    long gaps() {
        return gaps;
    }

    /** The first of them, for a person. */
    String exampleOfGap() {
        return exampleOfGap;
    }

    /** What the log leads to. */
    Total total() {
        return total(ofLog);
    }

    /**
     * Compares a copy with what the log leads to. What a log that does not begin at 1 never speaks of cannot be told.
     *
     * @return what the copy has come to
     */
    Total compare(Copy copy, String name) {
        Set<StockKey> all = new HashSet<>(isWhole ? copy.held.keySet() : Set.of());
        all.addAll(ofLog.keySet());
        long different = 0;
        for (StockKey key : all) {
            Held here = copy.held.getOrDefault(key, Held.NOTHING);
            Held there = ofLog.getOrDefault(key, Held.NOTHING);
            if (!here.equals(there) && ++different <= EXAMPLES) {
                problem.accept("Store " + key.storeId() + ", SKU " + key.sku() + ": the log leads to " + there
                        + ", the " + name + " to " + here);
            }
        }
        if (different > EXAMPLES) {
            problem.accept("The " + name + " and the log differ in " + different + " SKUs");
        }
        return total(copy.held);
    }

    private void requireThatItFollows(long sequence, Movement movement) {
        Held known = ofLog.get(movement.key());
        Held before = known == null && !isWhole
                ? new Held(movement.qty() - movement.delta(), movement.version() - 1) // as its first change here says
                : known == null ? Held.NOTHING : known;
        String where = "Sequence " + sequence + ", store " + movement.key().storeId() + ", SKU "
                + movement.key().sku() + ": ";
        if (movement.version() <= before.version()) {
            problem.accept(where + "version " + movement.version() + " comes after " + before);
            return;
        }
        if (movement.version() > before.version() + 1) {
            gaps++;
            exampleOfGap = exampleOfGap.isEmpty()
                    ? where + "version " + movement.version() + " comes after " + before
                    : exampleOfGap;
        } else if (before.qty() + movement.delta() != movement.qty()) {
            problem.accept(where + before + " and a change by " + movement.delta() + " are not " + movement.qty());
        }
        ofLog.put(same(movement.key()), new Held(movement.qty(), movement.version()));
    }

    private StockKey same(StockKey key) {
        return keys.computeIfAbsent(key, one -> one);
    }

    private static Total total(Map<StockKey, Held> held) {
        long units = 0;
        Set<String> stores = new HashSet<>();
        for (Map.Entry<StockKey, Held> one : held.entrySet()) {
            units += one.getValue().qty();
            stores.add(one.getKey().storeId());
        }
        return new Total(held.size(), stores.size(), units);
    }
}
