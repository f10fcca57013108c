package retail.inventory.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything the central view holds, in one answer.
 *
 * @param sequence the event up to which it is complete
 */
record CentralStock(long sequence, Map<LedgerKey, Held> stock) {

    private static final JsonMember SEQUENCE = JsonMember.number("sequence");
    private static final Pattern INVENTORY = Pattern.compile("\"inventory\"\\s*:\\s*\\{");
    private static final Pattern STORE = Pattern.compile("\\s*,?\\s*\"([^\"\\\\]*)\"\\s*:\\s*\\{");
    private static final Pattern SKU = Pattern.compile("\\s*,?\\s*\"([^\"\\\\]*)\"\\s*:\\s*(\\{[^{}]*})");
    private static final Pattern END = Pattern.compile("\\s*}");
    private static final Pattern AFTER = Pattern.compile("\\s*[,}]");

    static CentralStock parse(String json) {
        Matcher inventory = INVENTORY.matcher(json);
        if (!inventory.find()) {
            throw new ReplayException("This is no central inventory: " + JsonMember.beginning(json));
        }
        Map<LedgerKey, Held> stock = new TreeMap<>();
        int at = inventory.end();
        for (Matcher store = next(STORE, json, at); store.lookingAt(); store = next(STORE, json, at)) {
            at = store.end();
            for (Matcher sku = next(SKU, json, at); sku.lookingAt(); sku = next(SKU, json, at)) {
                at = sku.end();
                LedgerKey key = new LedgerKey(store.group(1), sku.group(1));
                if (stock.put(key, Held.parse(sku.group(2))) != null) {
                    throw new ReplayException("The central inventory has %s twice.".formatted(key));
                }
            }
            at = end(json, at);
        }
        if (!next(AFTER, json, end(json, at)).lookingAt()) {
            throw new ReplayException("The central inventory is cut off.");
        }
        return new CentralStock(SEQUENCE.numberIn(json), stock);
    }

    /** Each is tried exactly where the one before ended, so that nothing in between can be passed over. */
    private static Matcher next(Pattern pattern, String json, int at) {
        return pattern.matcher(json).region(at, json.length());
    }

    private static int end(String json, int at) {
        Matcher end = next(END, json, at);
        if (!end.lookingAt()) {
            throw new ReplayException("The central inventory is not understood after %d characters: %s"
                    .formatted(at, JsonMember.beginning(json.substring(at))));
        }
        return end.end();
    }
}
