package retail.inventory.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.History.State;
import retail.inventory.history.Operation.Asked;
import retail.inventory.history.Outcome.Accepted;
import retail.inventory.history.Outcome.Refused;
import retail.inventory.history.Outcome.Shown;

/** A history that one store of stock gave: every operation has its effect at one moment between its beginning and end. */
final class RandomHistory {

    private static final int SKUS = 3;
    private static final long BETWEEN = 10;
    private static final int OVERLAP = 60;

    private final Random random;
    private final boolean withUnknown;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, State> states = new HashMap<>();
    private final List<Operation> keyed = new ArrayList<>();
    private long now;
    private long sequence;

    private RandomHistory(Random random, boolean withUnknown) {
        this.random = random;
        this.withUnknown = withUnknown;
    }

    /** A history of that many operations, in the order of their effects. */
    static List<Operation> of(Random random, int operations, boolean withUnknown) {
        RandomHistory history = new RandomHistory(random, withUnknown);
        for (int i = 0; i < operations; i++) {
            history.now += BETWEEN;
            history.step();
        }
        return history.operations;
    }

    private void step() {
        String sku = "SKU" + random.nextInt(SKUS);
        State state = states.getOrDefault(sku, State.ABSENT);
        int dice = random.nextInt(10);
        if (dice < 2) {
            put(new Asked(sku, 0, null, null), new Shown(state.version(), state.qty()));
        } else if (dice < 3 && !keyed.isEmpty()) {
            repeat(keyed.get(random.nextInt(keyed.size())));
        } else {
            long delta = random.nextInt(3) > 0 ? 1 + random.nextInt(9) : -1 - random.nextInt(20);
            Long expected = random.nextInt(4) == 0 ? (Long) (state.version() - random.nextInt(2)) : null;
            String key = random.nextInt(4) == 0 ? "key" + now : null;
            change(new Asked(sku, delta, expected != null && expected < 0 ? null : expected, key), state);
        }
    }

    private void change(Asked asked, State state) {
        boolean lost = withUnknown && random.nextInt(8) == 0;
        Refusal why = refusal(asked, state);
        if (lost && random.nextBoolean()) {
            put(asked, null); // never arrived
        } else if (why != null) {
            put(asked, new Refused(why, state.version(), state.qty()));
        } else {
            State next = new State(state.version() + 1, state.qty() + asked.delta());
            states.put(asked.sku(), next);
            sequence++;
            Accepted answer = new Accepted(next.version(), next.qty(), "id" + sequence, sequence, false);
            Operation operation = put(asked, lost ? null : answer);
            if (asked.key() != null && !lost) {
                keyed.add(operation);
            }
        }
    }

    private static @Nullable Refusal refusal(Asked asked, State state) {
        if (state.version() == 0 && asked.delta() < 0) {
            return Refusal.UNKNOWN_SKU;
        }
        Long expected = asked.expectedVersion();
        if (expected != null && expected != state.version()) {
            return Refusal.VERSION_CONFLICT;
        }
        return state.qty() + asked.delta() < 0 ? Refusal.INSUFFICIENT_STOCK : null;
    }

    private void repeat(Operation first) {
        Accepted answer = (Accepted) first.outcome();
        Accepted again = new Accepted(answer.version(), answer.qty(), answer.eventId(), answer.sequence(), true);
        put(first.asked(), random.nextInt(4) == 0 ? new Outcome.Unknown() : again);
    }

    private Operation put(Asked asked, @Nullable Outcome outcome) {
        Operation operation = new Operation(() -> 0, asked, now - random.nextInt(OVERLAP));
        if (outcome != null) {
            operation.ends(outcome, now + random.nextInt(OVERLAP));
        }
        operations.add(operation);
        return operation;
    }
}
