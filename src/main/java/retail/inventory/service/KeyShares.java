package retail.inventory.service;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many idempotency keys are remembered or in flight of each owner, by {@link KeyHash#owner}. No owner may have more than a
 * part of the table: whoever fills it up shuts out all others. Safe for several threads.
 */
final class KeyShares {

    /** Of the table, for each owner. */
    static final int PART = 8;

    private final ConcurrentMap<Integer, Integer> counts = new ConcurrentHashMap<>();

    /** How many there are of the owner of a key. */
    int of(KeyHash key) {
        return counts.getOrDefault(key.owner(), 0);
    }

    /** Counts one more. */
    void enter(KeyHash key) {
        counts.merge(key.owner(), 1, Integer::sum);
    }

    /** Counts one less. */
    void leave(KeyHash key) {
        counts.computeIfPresent(key.owner(), (owner, count) -> count == 1 ? null : count - 1);
    }

    /** How many there are of all owners. */
    long sum() {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
}
