package retail.inventory.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Some operations on some stores.
 *
 * @param stores patterns: an id, the beginning of ids and {@code *}, or {@code *}
 * @param can what may be done there
 */
public record Grant(List<String> stores, Set<Operation> can) {

    /** So many patterns of stores a grant has at most; whoever needs more wants a prefix. */
    public static final int STORES_MAX = 1000;

    private static final String ALL = "*";

    /**
     * Keeps the rules.
     *
     * @throws IllegalArgumentException with a sentence that says what to do
     */
    public Grant {
        stores = List.copyOf(new TreeSet<>(stores));
        can = can.isEmpty() ? Set.of() : Set.copyOf(can);
        if (stores.isEmpty()) {
            throw new IllegalArgumentException("A grant names no store: name some, or * for all.");
        }
        if (stores.size() > STORES_MAX) {
            throw new IllegalArgumentException("A grant names " + stores.size() + " stores, and may name " + STORES_MAX
                    + ": give them by what their ids begin with, such as DE-*.");
        }
        if (can.isEmpty()) {
            throw new IllegalArgumentException("A grant allows nothing: name one of " + Operation.words() + ".");
        }
        for (String store : stores) {
            if (!StorePattern.isOne(store)) {
                throw new IllegalArgumentException(
                        "A store is " + StorePattern.RULE + ", not \"" + shown(store) + "\".");
            }
        }
        if (!stores.contains(ALL)) {
            for (Operation operation : EnumSet.copyOf(can)) {
                if (!operation.isStoreBound()) {
                    throw new IllegalArgumentException("The answers of " + operation.word()
                            + " name all stores: grant it for the store *, or leave it out.");
                }
            }
        }
    }

    /** By words. */
    static Grant of(List<String> stores, Collection<String> words) {
        EnumSet<Operation> can = EnumSet.noneOf(Operation.class);
        for (String word : words) {
            Operation operation = Operation.of(word);
            if (operation == null) {
                throw new IllegalArgumentException(
                        "There is no operation \"" + shown(word) + "\": there are " + Operation.words() + ".");
            }
            can.add(operation);
        }
        return new Grant(stores, can);
    }

    /** For all stores. */
    static Grant everywhere(Set<Operation> can) {
        return new Grant(List.of(ALL), can);
    }

    /** The words of what may be done, always in the same order. */
    public List<String> words() {
        return Operation.words(can);
    }

    /** What somebody typed, as it can stand in a line. */
    private static String shown(String text) {
        String line = text.replaceAll("[^ -~]", "?");
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}
