package retail.inventory.access;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations that usually go together, by one word when a key is made. Its record has the operations, so a role may change. */
public enum Role {
    TILL,
    COUNTER,
    STORE_OFFICE,
    SHOP,
    INTEGRATION,
    PROMETHEUS,
    OPS,
    ADMIN;

    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** What it may do. */
    public Set<Operation> can() {
        return switch (this) {
            case TILL -> EnumSet.of(Operation.READ, Operation.RESERVE, Operation.ADJUST);
            case COUNTER -> EnumSet.of(Operation.READ, Operation.COUNT);
            case STORE_OFFICE ->
                EnumSet.of(
                        Operation.READ,
                        Operation.RESERVE,
                        Operation.ADJUST,
                        Operation.COUNT,
                        Operation.TRANSFER,
                        Operation.RECEIVE);
            case SHOP -> EnumSet.of(Operation.CENTRAL, Operation.READ, Operation.RESERVE);
            case INTEGRATION -> EnumSet.of(Operation.FEED, Operation.CENTRAL);
            case PROMETHEUS -> EnumSet.of(Operation.METRICS);
            case OPS -> EnumSet.of(Operation.SYNC, Operation.DEAD_LETTERS, Operation.AUDIT, Operation.METRICS);
            case ADMIN -> EnumSet.allOf(Operation.class);
        };
    }

    /** As it is typed. */
    public String word() {
        return word;
    }

    /** Whether it is of no use without all stores, so that nobody has to name them. */
    public boolean isForAllStores() {
        return can().stream().anyMatch(operation -> !operation.isStoreBound()) || this == SHOP;
    }

    /** The role with a word; null when there is none. */
    public static @Nullable Role of(String word) {
        for (Role role : values()) {
            if (role.word.equals(word)) {
                return role;
            }
        }
        return null;
    }

    /** All words, for a sentence. */
    public static String words() {
        return Arrays.stream(values()).map(Role::word).collect(joining(", "));
    }
}
