package retail.inventory.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import retail.inventory.journal.Event;
import retail.inventory.stock.Holds;
import retail.inventory.stock.Movement;
import retail.inventory.stock.StockKey;

/**
 * All changes of a log, each held against what it must follow from, beside copies of the stock that are brought up by the
 * changes alone: a copy never sees what the log says of a result, so equal ends are two sums that agree.
 */
final class Replay {

    private static final int EXAMPLES = 10;

    private final Consumer<String> problem;
    private final Map<StockKey, SkuState> ofLog = new HashMap<>();
    private final List<Copy> copies = new ArrayList<>();

    /** One object for a SKU, however many copies have it. */
    private final Map<StockKey, StockKey> keys = new HashMap<>();

    private boolean began;
    private boolean isWhole;
    private long gaps;
    private String exampleOfGap = "";

    /** How much there is. */
    record Total(long skus, long stores, long units, long held) {

        /** More about the units, when there is. */
        String heldUnits() {
            return held == 0 ? "" : String.format(Locale.ROOT, ", %,d of them held", held);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d SKUs of %,d stores, %,d units", skus, stores, units) + heldUnits();
        }
    }

    /** A copy of the stock, filled before the log is read. */
    final class Copy {
        private final Map<StockKey, SkuState> states = new HashMap<>();
        private long through;

        /** It has a SKU; of one that comes twice, the later version. */
        void has(StockKey key, long qty, Holds held, long version) {
            states.merge(same(key), new SkuState(qty, held, version), (a, b) -> a.version() > b.version() ? a : b);
        }

        /** Every event up to this sequence is in it. */
        void goesThrough(long sequence) {
            through = sequence;
        }

        long through() {
            return through;
        }

        private void take(long sequence, Movement movement) {
            SkuState before = states.getOrDefault(movement.key(), SkuState.NOTHING);
            if (sequence > through && movement.version() == before.version() + 1) {
                states.put(same(movement.key()), before.after(movement, before.qty() + movement.delta(), false));
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
        Set<StockKey> all = new HashSet<>(isWhole ? copy.states.keySet() : Set.of());
        all.addAll(ofLog.keySet());
        long different = 0;
        for (StockKey key : all) {
            SkuState here = copy.states.getOrDefault(key, SkuState.NOTHING);
            SkuState there = ofLog.getOrDefault(key, SkuState.NOTHING);
            if (!here.agrees(there) && ++different <= EXAMPLES) {
                problem.accept("Store " + name(key).substring("store ".length()) + ": the log leads to " + there
                        + ", the " + name + " to " + here + there.otherHold(here));
            }
        }
        if (different > EXAMPLES) {
            problem.accept("The " + name + " and the log differ in " + different + " SKUs");
        }
        return total(copy.states);
    }

    /** What is set aside of a SKU when the log is over. */
    Holds holds(StockKey key) {
        return ofLog.getOrDefault(key, SkuState.NOTHING).holds();
    }

    /** Tells of each SKU what is set aside of it when the log is over. */
    void forEachHeld(BiConsumer<StockKey, Holds> reader) {
        ofLog.forEach((key, state) -> {
            if (!state.holds().isEmpty()) {
                reader.accept(key, state.holds());
            }
        });
    }

    /** Whether the log begins with the first event. */
    boolean isWhole() {
        return isWhole;
    }

    private void requireThatItFollows(long sequence, Movement movement) {
        SkuState known = ofLog.get(movement.key());
        SkuState before = known == null && !isWhole
                ? new SkuState(
                        movement.qty() - movement.delta(), Holds.NONE, movement.version() - 1) // as it says itself
                : known == null ? SkuState.NOTHING : known;
        String where = "Sequence " + sequence + ", " + name(movement.key()) + ": ";
        if (movement.version() <= before.version()) {
            problem.accept(where + "version " + movement.version() + " comes after " + before);
            return;
        }
        boolean follows = movement.version() == before.version() + 1;
        if (!follows) {
            gaps++;
            exampleOfGap = exampleOfGap.isEmpty()
                    ? where + "version " + movement.version() + " comes after " + before
                    : exampleOfGap;
        } else if (before.qty() + movement.delta() != movement.qty()) {
            problem.accept(where + before + " and a change by " + movement.delta() + " are not " + movement.qty());
        }
        SkuState after = before.after(movement, movement.qty(), false);
        if (follows
                && before.holds().isAccounted()
                && (known != null || isWhole)
                && !after.holds().isAccounted()) {
            problem.accept(where + "its holds do not have the " + movement.held() + " units that are held");
        }
        ofLog.put(same(movement.key()), after);
    }

    static String name(StockKey key) {
        return "store " + key.storeId() + ", SKU " + key.sku();
    }

    private StockKey same(StockKey key) {
        return keys.computeIfAbsent(key, one -> one);
    }

    private static Total total(Map<StockKey, SkuState> held) {
        long units = 0;
        long inHolds = 0;
        Set<String> stores = new HashSet<>();
        for (Map.Entry<StockKey, SkuState> one : held.entrySet()) {
            units += one.getValue().qty();
            inHolds += one.getValue().holds().total();
            stores.add(one.getKey().storeId());
        }
        return new Total(held.size(), stores.size(), units, inHolds);
    }
}
