package retail.inventory.prove;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import retail.inventory.prove.HoldLedger.Change;
import tools.jackson.databind.JsonNode;

/** The feed has each acknowledged change of a hold once, whole, with all its movements, and leads to what the answers say. */
final class HoldFeedClaim {

    private final ProvingClient client;
    private final HoldLedger ledger;
    private final Shelves shelves;
    private final int unitsOfAll;
    private final Map<Long, Change> missing;
    private final Map<String, ShelfModel> models = new TreeMap<>();
    private final Set<String> confirmed = new HashSet<>();
    private long before;
    private long changes;
    private long ends;

    /**
     * Of a storm that is over.
     *
     * @param unitsOfAll how many units a hold of all of them has
     */
    HoldFeedClaim(ProvingClient client, HoldLedger ledger, Shelves shelves, int unitsOfAll) {
        this.client = client;
        this.ledger = ledger;
        this.shelves = shelves;
        this.unitsOfAll = unitsOfAll;
        this.missing = new HashMap<>(ledger.changes());
        for (int i = 0; i < Shelves.COUNT; i++) {
            models.put(shelves.key(i), new ShelfModel(shelves.key(i)));
        }
    }

    String complete() {
        long first = missing.keySet().stream().mapToLong(Long::longValue).min().orElseThrow();
        long last = missing.keySet().stream().mapToLong(Long::longValue).max().orElseThrow();
        client.get("/central/skus/none?minSequence=" + last); // waits until the feed's process has it all
        FeedPages.each(client, first - 1, last, event -> {
            if (event.path("sequence").asLong(-1) <= last) {
                take(event);
            }
        });
        if (!missing.isEmpty()) {
            throw new ProofFailedException(missing.size() + " acknowledged changes are not in the feed, one of them: "
                    + missing.values().iterator().next());
        }
        models.forEach((key, model) -> {
            long held = ledger.open(key).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (model.qty() != ledger.onHand(key)) {
                throw new ProofFailedException("the feed leads to " + model.qty() + " units of " + key
                        + ", the answers to " + ledger.onHand(key));
            }
            if (model.held() < held) {
                throw new ProofFailedException(
                        "the feed leads to " + model.held() + " held units of " + key + ", the answers to " + held);
            }
        });
        return String.format(
                "%,d acknowledged changes, each once and whole, and %,d ends; never more held and sold than there was",
                changes, ends);
    }

    private void take(JsonNode event) {
        if (!shelves.has(event.path("movements").path(0))) {
            return;
        }
        String type = event.path("type").asString("");
        long sequence = event.path("sequence").asLong(-1);
        require(sequence > before, "events come once and in order", event);
        before = sequence;
        if (type.equals("EXPIRE")) {
            ends++;
        } else {
            Change told = Change.ofFeed(event);
            require(told.equals(missing.remove(sequence)), "each change was told to somebody just so", event);
            changes++;
        }
        boolean claimed = true;
        for (JsonNode movement : event.path("movements")) {
            ShelfModel model = models.get(Shelves.key(movement));
            require(model != null, "the stores have only these SKUs", event);
            claimed &= model != null && model.take(event, movement);
        }
        switch (type) {
            case "HOLD" -> requireWhole(event, 0, 1);
            case "RELEASE" -> requireWhole(event, 0, 0);
            case "CONFIRM" -> {
                requireWhole(event, -1, 0);
                require(confirmed.add(event.path("holdId").asString("")), "units of a hold leave once", event);
                Instant at = Instant.parse(event.path("ts").asString(""));
                boolean ended = event.has("expiresAt")
                        && !at.isBefore(Instant.parse(event.path("expiresAt").asString("")));
                require(event.has("late") == (ended || !claimed), "a confirm says whether it is late", event);
            }
            default -> {}
        }
    }

    /** The event has all SKUs of the basket, and of each so much left and so much is held after it, times its units. */
    private void requireWhole(JsonNode event, int delta, int held) {
        Map<String, Long> wanted =
                shelves.basket(event.path("holdId").asString(""), unitsOfAll).wanted();
        boolean whole = event.path("movements").size() == wanted.size();
        for (JsonNode movement : event.path("movements")) {
            long units = wanted.getOrDefault(Shelves.key(movement), -1L);
            whole &= units > 0
                    && movement.path("delta").asLong(-1) == delta * units
                    && movement.path("hold").asLong(0) == held * units;
        }
        require(whole, "a basket is all or nothing: the hold is of " + wanted, event);
    }

    private static void require(boolean holds, String what, JsonNode event) {
        if (!holds) {
            throw new ProofFailedException(what + ", but the feed says " + event);
        }
    }
}
