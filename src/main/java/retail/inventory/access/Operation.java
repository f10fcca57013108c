package retail.inventory.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an identity may be granted. Those that are bound to stores are granted for some stores; the answers of others name all. */
public enum Operation {
    /** A store's records, and how much there is in an answer that refuses a change. */
    READ(true),
    ADJUST(true),
    /** Holds too: placing, confirming, releasing and extending them. */
    RESERVE(true),
    COUNT(true),
    /** Sending units from a store; the other one needs {@link #RECEIVE}. */
    TRANSFER(true),
    RECEIVE(true),
    /** The first SKU of a store that has none. */
    OPEN(true),
    CENTRAL(true),
    FEED(true),
    SYNC(false),
    DEAD_LETTERS(false),
    AUDIT(false),
    METRICS(false),
    ADMIN(false);

    private final boolean storeBound;
    private final String word;

    Operation(boolean storeBound) {
        this.storeBound = storeBound;
        this.word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it can be granted for some stores only. */
    public boolean isStoreBound() {
        return storeBound;
    }

    /** As it is written in files, arguments and answers. */
    public String word() {
        return word;
    }

    /** The operation with a word; null when there is none. */
    public static @Nullable Operation of(String word) {
        for (Operation operation : values()) {
            if (operation.word.equals(word)) {
                return operation;
            }
        }
        return null;
    }

    /** All words, for a sentence. */
    public static String words() {
        return Arrays.stream(values()).map(Operation::word).collect(Collectors.joining(", "));
    }

    /** The words of some, in the order of the operations. */
    static List<String> words(Set<Operation> some) {
        return Arrays.stream(values())
                .filter(some::contains)
                .map(Operation::word)
                .toList();
    }

    /** In memory only, so the order of the operations may change. */
    @SuppressWarnings("EnumOrdinal")
    int bit() {
        return 1 << ordinal();
    }
}
