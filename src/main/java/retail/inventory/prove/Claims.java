package retail.inventory.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import retail.inventory.prove.ProvingClient.Answer;
import tools.jackson.databind.JsonNode;

/** The storms, and what must come of each. Every method says what it saw, or throws. */
final class Claims {

    private static final int SENDINGS = 5;
    private static final int WANTED_PER_UNIT = 4;
    private static final int OTHER_BODIES_MAX = 50;
    private static final int CHANGED_SKUS = 3;
    private static final String LAST_UNITS = "last-units";

    private final Proof.Plan plan;
    private final Storm storm;
    private final ProvingClient one;
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

    /** A change that the service says is done. */
    record Acknowledged(long sequence, String eventId, String sku, long version, long qty) {}

    Claims(Proof.Plan plan, List<ProvingClient> clients, Proof.Progress progress) {
        this.plan = plan;
        this.storm = new Storm(clients, progress);
        this.one = clients.getFirst();
    }

    /** All changes that were acknowledged, each as often as it was. */
    List<Acknowledged> acknowledged() {
        return new ArrayList<>(acknowledged);
    }

    /** As many are sold as there are, however many want one. */
    String neverOversold() {
        Answer delivery = change(one, LAST_UNITS, plan.stock(), 0L, "delivery");
        delivery.require(delivery.status() == 201, "a new SKU is created");
        int wanted = plan.stock() * WANTED_PER_UNIT;
        List<Answer> answers = storm.of(wanted, (client, i) -> change(client, LAST_UNITS, -1, null, "sale-" + i));
        long sold = answers.stream().filter(answer -> answer.status() == 200).count();
        if (sold != plan.stock()) {
            throw new ProofFailedException("of " + plan.stock() + " units " + sold + " were sold");
        }
        for (Answer answer : answers) {
            answer.require(answer.status() == 200 || answer.isProblem("insufficient-stock"), "sold or refused");
        }
        Answer left = one.read(LAST_UNITS);
        left.require(left.number("qty") == 0, "nothing is left");
        return sold + " of " + plan.stock() + " units sold to " + wanted + " requests, none left";
    }

    /** However often a key is sent, at once and again, it counts once. */
    String oneEffectPerKey() {
        List<Answer> answers =
                storm.of(plan.keys() * SENDINGS, (client, i) -> change(client, skuOfKey(i), 1, null, keyed(i)));
        long refused = answers.stream().filter(answer -> answer.status() > 201).count();
        if (refused > 0) {
            throw new ProofFailedException(refused + " deliveries with a key were refused");
        }
        long counted = 0;
        for (int i = 0; i < Math.min(CHANGED_SKUS, plan.keys()); i++) {
            counted += one.read(skuOfKey(i * SENDINGS)).number("qty");
        }
        if (counted != plan.keys()) {
            throw new ProofFailedException(plan.keys() + " keys had " + counted + " effects");
        }
        int others = Math.min(OTHER_BODIES_MAX, plan.keys());
        storm.of(others, (client, i) -> {
            Answer other = change(client, skuOfKey(i * SENDINGS), 2, null, keyed(i * SENDINGS));
            other.require(other.isProblem("idempotency-key-reused"), "a key is of one request");
            return other;
        });
        return plan.keys() + " keys sent " + SENDINGS + " times each: " + counted + " effects; " + others
                + " with another body refused";
    }

    /** Changes with and without a version at once, each then read in its store and in the central view. */
    String versionsAndOwnWrites() {
        boolean central = centralIsServed();
        List<Integer> seen = storm.of(plan.changes(), (client, i) -> {
            String sku = "hot-" + i % CHANGED_SKUS;
            Long expected = i % 4 == 0 ? version(client.read(sku)) : null;
            Answer answer = change(client, sku, i % 3 == 0 ? -2 : 3, expected, "change-" + i);
            if (answer.status() > 201) {
                return 0;
            }
            Answer own = client.read(sku);
            own.require(version(own) >= answer.number("version"), "what was written is read");
            if (central && i % 8 == 1) {
                requireCentral(client, sku, answer);
                return 2;
            }
            return 1;
        });
        long changed = seen.stream().filter(one -> one > 0).count();
        long inCentral = seen.stream().filter(one -> one > 1).count();
        return changed + " changes made, " + (plan.changes() - changed) + " refused; each read at once"
                + (central ? ", " + inCentral + " in the central view" : "; no central view is served here");
    }

    /** Leaves no stock behind; the units that were left. */
    long takenOut() {
        long taken = 0;
        List<String> skus = new ArrayList<>(List.of(LAST_UNITS));
        for (int i = 0; i < CHANGED_SKUS; i++) {
            skus.add(skuOfKey(i * SENDINGS));
            skus.add("hot-" + i);
        }
        for (String sku : skus) {
            Answer left = one.read(sku);
            if (left.status() == 200 && left.number("qty") > 0) {
                taken += left.number("qty");
                Answer all = change(one, sku, -left.number("qty"), null, "clean-" + sku);
                all.require(all.status() == 200, "what is left can be taken");
            }
        }
        return taken;
    }

    boolean centralIsServed() {
        return one.get("/central/skus/no-such-sku").body().contains("unknown-sku");
    }

    private Answer change(ProvingClient client, String sku, long delta, @Nullable Long expected, String key) {
        Answer answer = client.change(sku, delta, expected, client.store() + "-" + key);
        if (answer.status() <= 201) {
            JsonNode json = answer.json();
            acknowledged.add(new Acknowledged(
                    answer.number("sequence"),
                    json.path("eventId").asString(""),
                    sku,
                    answer.number("version"),
                    answer.number("qty")));
        }
        return answer;
    }

    private static void requireCentral(ProvingClient client, String sku, Answer own) {
        Answer central = client.get("/central/skus/" + sku + "?minSequence=" + own.number("sequence"));
        central.require(central.status() == 200, "what was written is in the central view");
        for (JsonNode in : central.json().path("stores")) {
            if (in.path("storeId").asString("").equals(client.store())) {
                central.require(in.path("version").asLong() >= own.number("version"), "the central view has it");
                return;
            }
        }
        throw new ProofFailedException("the central view does not have the store: " + central.body());
    }

    private static String skuOfKey(int i) {
        return "keyed-" + i / SENDINGS % CHANGED_SKUS;
    }

    private static String keyed(int i) {
        return "key-" + i / SENDINGS;
    }

    private static long version(Answer answer) {
        return answer.status() == 200 ? answer.number("version") : 0;
    }
}
