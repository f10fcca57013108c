package retail.inventory.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All operations of many callers, with their times by one monotonic clock. Any number of threads record; who checks has
 * waited for them.
 *
 * <p>Every operation on a recorded SKU has to be recorded, from the SKU's beginning or from a {@link #given} state on,
 * and keys have to be remembered by the service for as long as the history takes.
 */
public final class History {

    private final LongSupplier clock;
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final Map<String, State> given = new HashMap<>();
    private final Sightings sightings = new Sightings();

    /** A state of a SKU. */
    record State(long version, long qty) {

        static final State ABSENT = new State(0, 0);
    }

    /** An empty history that begins now. */
    public History() {
        long zero = System.nanoTime();
        clock = () -> System.nanoTime() - zero;
    }

    /** A SKU is there already when the history begins. */
    public void given(String sku, long version, long qty) {
        given.put(sku, new State(version, qty));
    }

    /** A change begins: of any SKU of any store, named as the caller likes. */
    public Operation changes(String sku, long delta, @Nullable Long expectedVersion, @Nullable String key) {
        if (delta == 0) {
            throw new IllegalArgumentException("no change");
        }
        return begins(new Operation.Asked(sku, delta, expectedVersion, key));
    }

    /**
     * A change of several SKUs begins, all or nothing: an operation for each, to be told of the SKU's part of the answer.
     *
     * @param deltas by SKU
     * @param key must not be a key of changes of one SKU
     */
    public Map<String, Operation> changesAll(Map<String, Long> deltas, @Nullable String key) {
        Map<String, Operation> operations = new TreeMap<>();
        deltas.forEach((sku, delta) -> operations.put(
                sku,
                begins(new Operation.Asked(
                        sku, delta, null, key == null ? null : key + " for " + sku, Map.copyOf(deltas)))));
        return operations;
    }

    /** A read begins. */
    public Operation reads(String sku) {
        return begins(new Operation.Asked(sku, 0, null, null));
    }

    /** Somebody was shown, perhaps late, what a SKU had at a version: by the central view, or by the feed. */
    public void saw(String sku, long version, long qty) {
        sightings.add(sku, new State(version, qty), clock.getAsLong());
    }

    /** Somebody was shown which event has a place in the log. */
    public void sawEvent(long sequence, Object eventId) {
        sightings.addEvent(sequence, eventId);
    }

    /** Somebody was told that the log goes this far. */
    public void sawDurable(long sequence) {
        sightings.addDurable(sequence);
    }

    /** What the log has to have, and may have; asked while nobody records. */
    public Facts facts() {
        return new Facts(operations, sightings);
    }

    /** How many operations there are. */
    public int size() {
        return operations.size();
    }

    /** What contradicts what. */
    public Verdict check() {
        return new HistoryCheck(new ArrayList<>(operations), given, sightings).run();
    }

    /** Fails when operations contradict each other, and names them. */
    public void requireValid() {
        Verdict verdict = check();
        if (!verdict.violations().isEmpty()) {
            throw new AssertionError(verdict.toString());
        }
    }

    void add(List<Operation> more) {
        operations.addAll(more);
    }

    private Operation begins(Operation.Asked asked) {
        Operation operation = new Operation(clock, asked, clock.getAsLong());
        operations.add(operation);
        return operation;
    }
}
