package retail.inventory.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.Operation.Asked;
import retail.inventory.history.Outcome.Accepted;

/** What follows from a history for the log: what has to be in it, and what may be. */
public final class Facts {

    private final List<Change> acknowledged = new ArrayList<>();
    private final List<Change> unknown = new ArrayList<>();
    private final Map<State, Long> quantities = new HashMap<>();
    private final Map<Long, Object> events;
    private long durable;

    /**
     * A change.
     *
     * @param sku whose stock, in which store
     * @param done what it led to; nothing when nobody knows whether it was made
     */
    public record Change(
            String sku,
            long delta,
            @Nullable Long expectedVersion,
            @Nullable String key,
            @Nullable Done done) {
        private Change(Asked asked, @Nullable Done done) {
            this(asked.sku(), asked.delta(), asked.expectedVersion(), asked.key(), done);
        }
    }

    /** What a change led to. */
    public record Done(long version, long qty, Object eventId, long sequence) {}

    /** A version of a SKU. */
    public record State(String sku, long version) {}

    Facts(Collection<Operation> operations, Sightings sightings) {
        this.events = new HashMap<>(sightings.events());
        this.durable = sightings.durable();
        Map<String, Asked> open = new LinkedHashMap<>();
        Set<String> decided = new HashSet<>();
        operations.forEach(operation -> add(operation, open, decided));
        open.keySet().removeAll(decided);
        open.values().forEach(asked -> unknown.add(new Change(asked, null)));
        sightings
                .states()
                .forEach(seen ->
                        see(seen.sku(), seen.state().version(), seen.state().qty()));
    }

    private void add(Operation operation, Map<String, Asked> open, Set<String> decided) {
        Asked asked = operation.asked();
        switch (operation.outcome()) {
            case Accepted done -> {
                see(asked.sku(), done.version(), done.qty());
                if (asked.key() == null || decided.add(asked.key())) {
                    acknowledged.add(
                            new Change(asked, new Done(done.version(), done.qty(), done.eventId(), done.sequence())));
                    events.put(done.sequence(), done.eventId());
                    durable = Math.max(durable, done.sequence());
                }
            }
            case Outcome.Refused refused -> see(asked.sku(), refused.version(), refused.qty());
            case Outcome.Shown shown -> see(asked.sku(), shown.version(), shown.qty());
            case Outcome.Unknown nobodyKnows -> {
                if (asked.key() != null) {
                    open.putIfAbsent(asked.key(), asked);
                } else if (asked.delta() != 0) {
                    unknown.add(new Change(asked, null));
                }
            }
            case Outcome.KeyReused reused -> {}
            case Outcome.Nothing nothing -> {}
        }
    }

    private void see(String sku, long version, long qty) {
        if (version > 0) {
            quantities.put(new State(sku, version), qty);
        }
    }

    /** Each change that somebody was told is done, once. */
    public List<Change> acknowledged() {
        return acknowledged;
    }

    /** Changes of which nobody knows, those with a key once. */
    public List<Change> unknown() {
        return unknown;
    }

    /** Each quantity that somebody was told. */
    public Map<State, Long> quantities() {
        return quantities;
    }

    /** The ids of events that somebody was told, by sequence. */
    public Map<Long, Object> events() {
        return events;
    }

    /** How far the log goes at least. */
    public long durable() {
        return durable;
    }
}
