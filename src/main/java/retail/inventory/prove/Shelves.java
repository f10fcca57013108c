package retail.inventory.prove;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The SKUs of the storm of holds: a few in two stores that all baskets are about, and one for {@link EndedHoldClaim}.
 *
 * @param name what begins the names of the stores and holds
 */
record Shelves(String name) {

    /** So many SKUs the baskets are about. */
    static final int IN_BASKETS = 4;

    /** The place of the SKU whose units are wanted the moment its hold ends. */
    static final int ENDING = IN_BASKETS;

    static final int COUNT = IN_BASKETS + 1;

    private static final String NUMBERED = "-b";
    private static final String ENDED = "-e";

    String storeId(int place) {
        return name + (place % 2 == 0 ? "-A" : "-B");
    }

    String sku(int place) {
        return "held-" + place;
    }

    /** Both. */
    String key(int place) {
        return storeId(place) + "/" + sku(place);
    }

    static String key(JsonNode json) {
        return json.path("storeId").asString("") + "/" + json.path("sku").asString("");
    }

    /** The route of the SKU. */
    String path(int place) {
        return "/stores/" + storeId(place) + "/inventory/" + sku(place);
    }

    boolean has(JsonNode movement) {
        return movement.path("storeId").asString("").startsWith(name + "-");
    }

    String holdId(long basket) {
        return name + NUMBERED + basket;
    }

    /** One that wants all units of {@link #ENDING}. */
    Basket ofAll(int number, int units) {
        return new Basket(name + ENDED + number, this, List.of(ENDING), List.of(units));
    }

    /** What a hold is to have. */
    Basket basket(String holdId, int unitsOfAll) {
        return holdId.startsWith(name + NUMBERED)
                ? Basket.numbered(this, Long.parseLong(holdId.substring((name + NUMBERED).length())))
                : ofAll(Integer.parseInt(holdId.substring((name + ENDED).length())), unitsOfAll);
    }
}
