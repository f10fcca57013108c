package retail.inventory.ledger;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Everything the central view holds, in one answer.
 *
 * @param sequence the event up to which it is complete
 */
record CentralStock(long sequence, Map<LedgerKey, Held> stock) {

    static CentralStock parse(String text) {
        JsonNode json = Held.json(text);
        Map<LedgerKey, Held> stock = new TreeMap<>();
        for (Map.Entry<String, JsonNode> store : members(json.path("inventory"))) {
            for (Map.Entry<String, JsonNode> sku : members(store.getValue())) {
                stock.put(new LedgerKey(store.getKey(), sku.getKey()), Held.of(sku.getValue()));
            }
        }
        return new CentralStock(Held.number(json.path("asOf"), "sequence"), stock);
    }

    private static Iterable<Map.Entry<String, JsonNode>> members(JsonNode json) {
        if (!json.isObject()) {
            throw new ReplayException("This is no part of a central inventory: " + json);
        }
        return json.properties();
    }
}
