package retail.inventory.prove;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import retail.inventory.prove.ProvingClient.Answer;
import tools.jackson.databind.JsonNode;

/** The storm of holds, and what must come of it. Every method says what it saw, or throws. */
final class HoldClaims {

    private final Proof.Plan plan;
    private final Storm storm;
    private final ProvingClient one;
    private final HoldLedger ledger = new HoldLedger();
    private final Shelves shelves;

    HoldClaims(Proof.Plan plan, List<ProvingClient> clients, Proof.Progress progress) {
        this.plan = plan;
        this.storm = new Storm(clients, progress);
        this.one = clients.getFirst();
        this.shelves = new Shelves(one.store());
    }

    /** Baskets in opposite orders over a few SKUs with a unit for each client: some are refused, and all sums are exact. */
    String sumsAreExact() {
        HoldCaller first = new HoldCaller(one, ledger, shelves);
        for (int i = 0; i < Shelves.IN_BASKETS; i++) {
            first.deliver(i, plan.clients(), shelves.name() + "-" + i);
        }
        AtomicLong numbers = new AtomicLong();
        Map<ProvingClient, HoldCaller> callers = new ConcurrentHashMap<>();
        long start = System.nanoTime();
        storm.during(plan.seconds(), (client, number) -> {
            HoldCaller caller = new HoldCaller(client, ledger, shelves);
            callers.put(client, caller);
            return () -> caller.next(numbers.getAndIncrement());
        });
        List<Boolean> _ = storm.byEach((client, number) -> {
            HoldCaller caller = callers.get(client);
            if (caller != null) {
                caller.finish(numbers.getAndIncrement());
            }
            return true;
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        long baskets = ledger.placed.sum() + ledger.refused.sum();
        String sums = requireSums(null);
        return String.format(
                Locale.ROOT,
                "%,d baskets (%,.0f/s): %,d placed, %,d refused; %,d confirmed, %,d of them late, %,d released, %,d"
                        + " extended; %s",
                baskets,
                baskets / seconds,
                ledger.placed.sum(),
                ledger.refused.sum(),
                ledger.confirmed.sum(),
                ledger.late.sum(),
                ledger.released.sum(),
                ledger.extended.sum(),
                sums);
    }

    /** Units of a hold that has ended. */
    String endedUnitsAreHadAtOnce() {
        return new EndedHoldClaim(storm, one, ledger, shelves, plan.stock()).hadAtOnce();
    }

    /** The feed and the central view say the same as the answers. */
    String feedAndCentralAgree() {
        String feed = new HoldFeedClaim(one, ledger, shelves, plan.stock()).complete();
        long last = ledger.changes().keySet().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow();
        return feed + "; central view: " + requireSums(last);
    }

    /** How many changes were acknowledged. */
    int changes() {
        return ledger.changes().size();
    }

    /** Leaves nothing held and no stock behind; the units that were left. */
    long takenOut() {
        long taken = 0;
        for (int i = 0; i < Shelves.COUNT; i++) {
            for (JsonNode hold : openHolds(i)) {
                String id = hold.path("holdId").asString("");
                one.write("POST", "/holds/" + id + "/release", "{}", id + "-clean-" + one.nextNumber());
            }
            Answer left = one.get(shelves.path(i));
            if (left.status() == 200 && left.number("qty") > 0) {
                taken += left.number("qty");
                String all = "{\"delta\":" + -left.number("qty") + "}";
                Answer none = one.write("POST", shelves.path(i) + "/adjust", all, shelves.key(i) + "-clean");
                none.require(none.status() == 200, "what is left can be taken");
            }
        }
        return taken;
    }

    /**
     * That what is on hand and held of each SKU is what all answers together say.
     *
     * @param sequence what the central view has to have when it is asked; null = the store itself is asked, and its holds
     */
    private String requireSums(@Nullable Long sequence) {
        long qty = 0;
        long held = 0;
        int holds = 0;
        for (int i = 0; i < Shelves.IN_BASKETS; i++) {
            Map<String, Long> open = ledger.open(shelves.key(i));
            long units = open.values().stream().mapToLong(Long::longValue).sum();
            Answer record = sequence == null
                    ? one.get(shelves.path(i))
                    : one.get("/central/skus/" + shelves.sku(i) + "?minSequence=" + sequence);
            JsonNode told = sequence == null ? record.json() : inCentral(record, i);
            String key = shelves.key(i);
            record.require(told.path("qty").asLong(-1) == ledger.onHand(key), key + " has " + ledger.onHand(key));
            record.require(told.path("held").asLong(-1) == units, units + " units of " + key + " are held");
            record.require(
                    told.path("available").asLong(-1) == ledger.onHand(key) - units, "available is what is not held");
            if (sequence == null) {
                requireOpen(i, open);
            }
            qty += ledger.onHand(key);
            held += units;
            holds += open.size();
        }
        return String.format(
                Locale.ROOT, "sums exact: %,d on hand, %,d held by %,d lines of open holds", qty, held, holds);
    }

    private JsonNode inCentral(Answer answer, int place) {
        answer.require(answer.status() == 200, "what was written is in the central view");
        for (JsonNode in : answer.json().path("stores")) {
            if (in.path("storeId").asString("").equals(shelves.storeId(place))) {
                return in;
            }
        }
        throw new ProofFailedException("the central view does not have the store: " + answer.body());
    }

    private void requireOpen(int place, Map<String, Long> expected) {
        Map<String, Long> open = new HashMap<>();
        for (JsonNode hold : openHolds(place)) {
            open.put(hold.path("holdId").asString(""), hold.path("qty").asLong(-1));
        }
        if (!open.equals(expected)) {
            throw new ProofFailedException(
                    "of " + shelves.key(place) + " these holds have units: " + open + ", but should " + expected);
        }
    }

    private List<JsonNode> openHolds(int place) {
        return one.get(shelves.path(place) + "/holds?limit=1000")
                .json()
                .path("holds")
                .valueStream()
                .toList();
    }
}
