package retail.inventory.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check of a history found.
 *
 * @param operations how many there were
 * @param accepted changes that were made and acknowledged, each once
 * @param refused changes that were refused
 * @param reads reads that were answered
 * @param unknown changes of which nobody knows
 * @param found of those, how many others show to have been made
 * @param violations what contradicts what, one each; beyond some, no more are told
 */
public record Verdict(
        long operations, long accepted, long refused, long reads, long unknown, long found, List<String> violations) {

    Verdict with(List<String> otherViolations) {
        return new Verdict(operations, accepted, refused, reads, unknown, found, otherViolations);
    }

    /** This and the verdict on another history. */
    public Verdict plus(Verdict other) {
        List<String> all = new ArrayList<>(violations);
        all.addAll(other.violations);
        return new Verdict(
                operations + other.operations,
                accepted + other.accepted,
                refused + other.refused,
                reads + other.reads,
                unknown + other.unknown,
                found + other.found,
                all);
    }

    @Override
    public String toString() {
        String counts = operations + " operations: " + accepted + " changes made, " + refused + " refused, " + reads
                + " reads, " + unknown + " with unknown outcome of which " + found + " show; "
                + (violations.isEmpty() ? "0" : "at least " + violations.size()) + " violations";
        return violations.isEmpty() ? counts : counts + "\n  " + String.join("\n  ", violations);
    }
}
