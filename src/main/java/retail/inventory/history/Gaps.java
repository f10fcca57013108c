package retail.inventory.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import retail.inventory.history.History.State;

/**
 * Missing versions of one SKU, and the changes with unknown outcome that may have made them. Each gap needs as many as
 * versions are missing, with amounts that make the balance come out, begun before anybody saw what came after.
 *
 * <p>A gap of one version takes a change of exactly its amount, so those are filled first, with certainty. Larger ones
 * are tried one way after the other, so many ways at most; a history that needs more is given the benefit of the doubt.
 */
final class Gaps {

    private static final int WAYS_MAX = 200_000;

    private final String sku;
    private final Violations violations;
    private final List<Gap> gaps = new ArrayList<>();
    /** Free changes by amount, in the order in which they are of least use elsewhere. */
    private final TreeMap<Long, List<Operation>> free = new TreeMap<>();

    private int ways;

    /**
     * Versions that nobody acknowledged.
     *
     * @param deadline what began later cannot be among them
     * @param shownBy who saw what came after
     */
    private record Gap(State before, State after, long deadline, Object shownBy) {

        long missing() {
            return after.version() - before.version();
        }

        long change() {
            return after.qty() - before.qty();
        }

        boolean takes(Operation operation) {
            Long expected = operation.asked().expectedVersion();
            return operation.start() <= deadline
                    && (expected == null || (expected >= before.version() && expected < after.version()));
        }
    }

    Gaps(String sku, List<Operation> unknown, Violations violations) {
        this.sku = sku;
        this.violations = violations;
        List<Operation> leastUsefulFirst = new ArrayList<>(unknown);
        // first those that fit only one version; then the latest: an earlier one fits every gap that a later one fits
        leastUsefulFirst.sort(Comparator.comparing(
                        (Operation one) -> one.asked().expectedVersion() == null)
                .thenComparing(Comparator.comparingLong(Operation::start).reversed()));
        leastUsefulFirst.forEach(one -> free.computeIfAbsent(one.asked().delta(), delta -> new ArrayList<>())
                .add(one));
    }

    /** A gap below all that were added before. */
    void add(State before, State after, long deadline, Object shownBy) {
        gaps.add(new Gap(before, after, deadline, shownBy));
    }

    /** Fills all gaps or complains; says how many changes that took. */
    long fill() {
        long filled = 0;
        List<Gap> large = new ArrayList<>();
        for (Gap gap : gaps.reversed()) { // what may fill a gap may fill any later one
            filled += gap.missing();
            if (gap.missing() > 1) {
                large.add(gap);
            } else if (!take(gap, gap.change())) {
                complain(gap);
            }
        }
        boolean enough = large.stream().mapToLong(Gap::missing).sum()
                <= free.values().stream().mapToLong(List::size).sum();
        if (!enough || !fill(large, 0, 0, 0, Long.MIN_VALUE)) {
            violations.add(
                    "Several versions of " + sku + " each were made by nobody: the changes with unknown outcome do not"
                            + " come out for all of these together",
                    large.toArray());
        }
        return filled;
    }

    private void complain(Gap gap) {
        violations.add(
                gap.missing() + " versions of " + sku + " between " + gap.before() + " and " + gap.after()
                        + " were made by nobody: of the changes with unknown outcome, none or too few fit",
                gap.shownBy());
    }

    private boolean take(Gap gap, long delta) {
        List<Operation> some = free.getOrDefault(delta, List.of());
        for (int i = 0; i < some.size(); i++) {
            if (gap.takes(some.get(i))) {
                some.remove(i);
                return true;
            }
        }
        return false;
    }

    /** Fills the gaps from one on, which has some already; amounts are taken in growing order, so that no way comes twice. */
    private boolean fill(List<Gap> large, int at, long taken, long sum, long leastDelta) {
        if (at == large.size() || ++ways > WAYS_MAX) {
            return true;
        }
        Gap gap = large.get(at);
        if (taken == gap.missing()) {
            return sum == gap.change() && fill(large, at + 1, 0, 0, Long.MIN_VALUE);
        }
        for (List<Operation> some : List.copyOf(free.tailMap(leastDelta).values())) {
            for (int i = 0; i < some.size(); i++) {
                if (gap.takes(some.get(i))) {
                    Operation one = some.remove(i);
                    long delta = one.asked().delta();
                    if (fill(large, at, taken + 1, sum + delta, delta)) {
                        return true;
                    }
                    some.add(i, one);
                    break; // another one with the same amount would do no better
                }
            }
        }
        return false;
    }
}
