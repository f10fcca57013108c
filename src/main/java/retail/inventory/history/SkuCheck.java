package retail.inventory.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.History.State;
import retail.inventory.history.Operation.Asked;
import retail.inventory.history.Outcome.Refused;
import retail.inventory.stock.InventoryRecord;

/**
 * The history of one SKU.
 *
 * <p>The SKU reached version v at some moment t(v), and t only grows. A change that made version v says that t(v) lies
 * between its beginning and its end. One that saw version v says that t(v) is not after its end, and t(v+1) not before
 * its beginning. Such moments exist exactly when no lower bound of a version is above an upper bound of the same or a
 * later one.
 */
final class SkuCheck {

    private final String sku;
    private final Violations violations;
    private final TreeMap<Long, Known> versions = new TreeMap<>();
    private final List<Operation> unknown = new ArrayList<>();
    /** What began while a version was there; the version after it was not reached before. */
    private final TreeMap<Long, Bound> stillThere = new TreeMap<>();

    /** A moment, and the operation that says so. */
    record Bound(long at, Object by) {}

    /** What is known of a version. */
    private static final class Known {
        private final long qty;
        private final Object source;
        private @Nullable Effect effect;
        private @Nullable Bound notBefore;
        private @Nullable Bound notAfter;

        private Known(long qty, Object source) {
            this.qty = qty;
            this.source = source;
        }
    }

    SkuCheck(String sku, State given, Violations violations) {
        this.sku = sku;
        this.violations = violations;
        versions.put(given.version(), new Known(given.qty(), "the state at the beginning of " + sku + ": " + given));
    }

    void add(Effect effect) {
        long version = effect.answer().version();
        long first = versions.firstKey();
        if (version <= first) {
            violations.add("A change made version " + version + " although the SKU began with " + first, effect);
            return;
        }
        Long expected = effect.asked().expectedVersion();
        if (expected != null && expected != version - 1) {
            violations.add("A change was made at another version than it expected", effect);
        }
        known(version - 1, effect.qtyBefore(), effect);
        Known made = known(version, effect.answer().qty(), effect);
        if (made.effect != null) {
            violations.add("Two changes made version " + version, made.effect, effect);
            return;
        }
        made.effect = effect;
        made.notBefore = later(made.notBefore, new Bound(effect.since().start(), effect.since()));
        made.notAfter = earlier(made.notAfter, new Bound(effect.by().end(), effect.by()));
    }

    /** Something that saw a state: a read or a refusal, decided at a moment after {@code since}. */
    void add(Operation operation, long since) {
        State state = state(operation);
        if (operation.outcome() instanceof Refused refused && !isRight(refused, operation.asked())) {
            violations.add("A change was refused without reason", operation);
        }
        if (state.version() < versions.firstKey()) {
            violations.add("Version " + state.version() + " was seen although the SKU began with a later", operation);
            return;
        }
        Known seen = known(state.version(), state.qty(), operation);
        seen.notAfter = earlier(seen.notAfter, new Bound(operation.end(), operation));
        stillThere.merge(state.version(), new Bound(since, operation), SkuCheck::later);
    }

    /** A state was shown, nobody knows of when. */
    void add(Sightings.Seen seen) {
        long version = seen.state().version();
        if (version >= versions.firstKey()) {
            Known known = known(version, seen.state().qty(), seen);
            known.notAfter = earlier(known.notAfter, new Bound(seen.at(), seen));
        }
    }

    void addUnknown(Operation operation) {
        unknown.add(operation);
    }

    /** Checks; says how many of the changes with unknown outcome were made, as others show. */
    long run() {
        requireOrder();
        Gaps gaps = new Gaps(sku, unknown, violations);
        long deadline = Long.MAX_VALUE;
        for (Map.Entry<Long, Known> entry : versions.descendingMap().entrySet()) {
            Known known = entry.getValue();
            if (known.qty < 0) {
                violations.add("There were less than none: " + known.qty, known.source);
            }
            deadline = known.notAfter == null ? deadline : Math.min(deadline, known.notAfter.at());
            Map.Entry<Long, Known> before = versions.lowerEntry(entry.getKey());
            if (before != null && known.effect == null) {
                State from = new State(before.getKey(), before.getValue().qty);
                gaps.add(from, new State(entry.getKey(), known.qty), deadline, known.source);
            }
        }
        return gaps.fill();
    }

    private void requireOrder() {
        @Nullable Bound latest = null;
        for (Map.Entry<Long, Known> entry : versions.entrySet()) {
            latest = later(latest, entry.getValue().notBefore);
            Bound notAfter = entry.getValue().notAfter;
            if (latest != null && notAfter != null && latest.at() > notAfter.at()) {
                violations.add(
                        "The first began after the second had ended, and is before it in versions",
                        latest.by(),
                        notAfter.by());
                return; // all that follows from it would be told as well
            }
            latest = later(latest, stillThere.get(entry.getKey()));
        }
    }

    private Known known(long version, long qty, Object source) {
        Known known = versions.computeIfAbsent(version, one -> new Known(qty, source));
        if (known.qty != qty) {
            violations.add(
                    "At version " + version + " there were " + known.qty + " and there were " + qty,
                    known.source,
                    source);
        }
        return known;
    }

    private static State state(Operation operation) {
        return switch (operation.outcome()) {
            case Outcome.Shown shown -> new State(shown.version(), shown.qty());
            case Refused refused -> new State(refused.version(), refused.qty());
            default -> throw new AssertionError("saw no state: " + operation);
        };
    }

    private static boolean isRight(Refused refused, Asked asked) {
        Long expected = asked.expectedVersion();
        boolean versionFits = expected == null || expected == refused.version();
        long result = refused.qty() + asked.delta();
        return switch (refused.why()) {
            case UNKNOWN_SKU -> refused.version() == 0 && asked.delta() < 0;
            case VERSION_CONFLICT -> !versionFits;
            case INSUFFICIENT_STOCK -> versionFits && result < 0;
            case ABOVE_MAXIMUM -> versionFits && result > InventoryRecord.QTY_MAX;
        };
    }

    private static @Nullable Bound later(@Nullable Bound a, @Nullable Bound b) {
        return a == null || (b != null && b.at() > a.at()) ? b : a;
    }

    private static @Nullable Bound earlier(@Nullable Bound a, @Nullable Bound b) {
        return a == null || (b != null && b.at() < a.at()) ? b : a;
    }
}
