package retail.inventory.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a check found wrong: all are counted, the first are kept, for where one thing is wrong thousands are. */
final class Complaints {

    private static final int KEPT = 10;

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String complaint) {
        count++;
        if (first.size() < KEPT) {
            first.add(complaint);
        }
    }

    void addAll(Complaints others) {
        count += others.count;
        others.first.stream().limit(KEPT - first.size()).forEach(first::add);
    }

    long count() {
        return count;
    }

    List<String> first() {
        return first;
    }

    /** Every key that two sides do not hold alike, in whichever of them it is missing or different. */
    static Complaints between(String left, Map<LedgerKey, ?> leftStock, String right, Map<LedgerKey, ?> rightStock) {
        Complaints complaints = new Complaints();
        Set<LedgerKey> keys = new TreeSet<>(leftStock.keySet());
        keys.addAll(rightStock.keySet());
        for (LedgerKey key : keys) {
            Object one = leftStock.get(key);
            Object other = rightStock.get(key);
            if (one == null || !one.equals(other)) {
                complaints.add("%s: %s has %s, %s has %s"
                        .formatted(key, left, one == null ? "nothing" : one, right, other == null ? "nothing" : other));
            }
        }
        return complaints;
    }
}
