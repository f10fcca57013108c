package retail.inventory.prove;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.prove.ProvingClient.Answer;
import tools.jackson.databind.JsonNode;

/**
 * What a hold of the storm is to have; it follows from the hold's id, so nobody has to remember it.
 *
 * @param order the places in {@link Shelves}, as they are sent: every second basket names them the other way round
 * @param units of each
 */
record Basket(String holdId, Shelves shelves, List<Integer> order, List<Integer> units) {

    private static final int UNITS_MAX = 2;

    /** Basket number n of a storm. */
    static Basket numbered(Shelves shelves, long number) {
        SplittableRandom random = new SplittableRandom(number);
        int first = random.nextInt(Shelves.IN_BASKETS);
        int size = random.nextInt(2, Shelves.IN_BASKETS);
        List<Integer> order = new ArrayList<>();
        List<Integer> units = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add((first + i) % Shelves.IN_BASKETS);
            units.add(random.nextInt(1, UNITS_MAX + 1));
        }
        if (number % 2 == 1) {
            Collections.reverse(order);
            Collections.reverse(units);
        }
        return new Basket(shelves.holdId(number), shelves, order, units);
    }

    /**
     * The body that asks for it.
     *
     * @param ttlSeconds null = without end
     */
    String json(@Nullable Integer ttlSeconds) {
        StringJoiner lines = new StringJoiner(",", "\"lines\":[", "]");
        for (int i = 0; i < order.size(); i++) {
            int place = order.get(i);
            lines.add("{\"storeId\":\"" + shelves.storeId(place) + "\",\"sku\":\"" + shelves.sku(place) + "\",\"qty\":"
                    + units.get(i) + "}");
        }
        return "{\"ttlSeconds\":" + ttlSeconds + ",\"reference\":\"" + shelves.name() + "\"," + lines + "}";
    }

    /** Units by {@link Shelves#key}, in order. */
    Map<String, Long> wanted() {
        Map<String, Long> wanted = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            wanted.put(shelves.key(order.get(i)), units.get(i).longValue());
        }
        return wanted;
    }

    /** That an answer tells of a hold with all of it, in a state. */
    void requireWhole(Answer answer, String state) {
        JsonNode json = answer.json();
        boolean open = state.equals("HELD");
        Map<String, Long> wanted = wanted();
        String whole = "a basket is all or nothing: hold " + holdId + " is of " + wanted;
        Map<String, Long> told = new TreeMap<>();
        for (JsonNode line : json.path("lines")) {
            long qty = line.path("qty").asLong(-1);
            long confirmed = line.path("confirmed").asLong(-1);
            answer.require(line.path("requested").asLong(-1) == wanted.getOrDefault(Shelves.key(line), -2L), whole);
            answer.require(open || qty == 0, "a closed hold has nothing set aside");
            told.put(Shelves.key(line), open ? qty : confirmed);
        }
        boolean is = holdId.equals(json.path("holdId").asString(""))
                && state.equals(json.path("state").asString(""));
        answer.require(is, "hold " + holdId + " is " + state);
        answer.require(told.keySet().equals(wanted.keySet()), whole);
        answer.require(state.equals("RELEASED") || told.equals(wanted), whole);
    }

    /** That a refusal has a reason: at least one line is named, and each that is has less than was asked for. */
    void requireShortages(Answer answer) {
        JsonNode shortages = answer.json().path("shortages");
        answer.require(!shortages.isEmpty(), "a refused basket has shortages");
        for (JsonNode line : shortages) {
            long requested = line.path("requested").asLong(-1);
            long available = line.path("available").asLong(-1);
            answer.require(requested == wanted().getOrDefault(Shelves.key(line), -2L), "what was asked for is short");
            answer.require(available >= 0 && available < requested, "less than was asked for is available");
        }
    }
}
