package retail.inventory.prove;

import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import retail.inventory.prove.ProvingClient.Answer;
import tools.jackson.databind.JsonNode;

/** What the service said of the storm of holds; for any number of threads. */
final class HoldLedger {

    final LongAdder placed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder confirmed = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder released = new LongAdder();
    final LongAdder extended = new LongAdder();
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final Map<String, LongAdder> onHand = new ConcurrentHashMap<>();
    private final Map<String, Basket> open = new ConcurrentHashMap<>();

    /**
     * A change that the service says is done.
     *
     * @param what the state it led to, as the answer and the feed tell it
     */
    record Change(long sequence, String eventId, String what) {

        /** As the answer tells it. */
        private static Change of(JsonNode answer) {
            String what = answer.has("holdId")
                    ? ofHold(answer.path("holdId"), answer.path("version"), answer.path("state"))
                    : ofSku(answer);
            return new Change(
                    answer.path("sequence").asLong(-1), answer.path("eventId").asString(""), what);
        }

        /** As the feed tells it. */
        static Change ofFeed(JsonNode event) {
            String what = event.has("holdId")
                    ? ofHold(event.path("holdId"), event.path("holdVersion"), event.path("state"))
                    : ofSku(event.path("movements").path(0));
            return new Change(
                    event.path("sequence").asLong(-1), event.path("eventId").asString(""), what);
        }

        private static String ofHold(JsonNode id, JsonNode version, JsonNode state) {
            return id.asString("") + " @ " + version.asLong(-1) + " " + state.asString("");
        }

        private static String ofSku(JsonNode json) {
            return Shelves.key(json) + " @ " + json.path("version").asLong(-1) + " qty "
                    + json.path("qty").asLong(-1);
        }
    }

    /** A change was acknowledged. */
    void acknowledged(Answer answer) {
        Change change = Change.of(answer.json());
        answer.require(change.sequence() > 0 && !change.eventId().isEmpty(), "a change has its event");
        changes.add(change);
    }

    /** Units came in, or went out. */
    void moved(String key, long delta) {
        onHand.computeIfAbsent(key, one -> new LongAdder()).add(delta);
    }

    /** A hold stays open. */
    void staysOpen(Basket basket) {
        open.put(basket.holdId(), basket);
    }

    /** All acknowledged changes by their sequence. */
    Map<Long, Change> changes() {
        Map<Long, Change> all = HashMap.newHashMap(changes.size());
        for (Change change : changes) {
            Change other = all.put(change.sequence(), change);
            if (other != null && !other.equals(change)) {
                throw new ProofFailedException("two changes were told to be the same event: " + other + ", " + change);
            }
        }
        return all;
    }

    /** Units that have to be on hand. */
    long onHand(String key) {
        LongAdder sum = onHand.get(key);
        return sum == null ? 0 : sum.sum();
    }

    /** Units of a SKU by the holds that stay open. */
    Map<String, Long> open(String key) {
        Map<String, Long> units = new HashMap<>();
        open.forEach((id, basket) -> {
            Long wanted = basket.wanted().get(key);
            if (wanted != null) {
                units.put(id, wanted);
            }
        });
        return units;
    }
}
