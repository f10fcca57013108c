package retail.inventory.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import retail.inventory.lab.Answer;
import tools.jackson.databind.JsonNode;

/** What a store or the central view holds of a SKU, and since when. */
record Held(Stock stock, String updatedAt) {

    /** Reads the record of a SKU. */
    static Held of(JsonNode record) {
        if (!record.path("updatedAt").isString()) {
            throw new ReplayException("This is no record: " + record);
        }
        return new Held(
                new Stock(Answer.number(record, "qty"), Answer.number(record, "version")),
                record.path("updatedAt").asString());
    }

    /** A sentence for each key that two sides do not hold alike, in whichever of them it is missing or different. */
    static List<String> differences(
            String left, Map<LedgerKey, ?> leftStock, String right, Map<LedgerKey, ?> rightStock) {
        List<String> differences = new ArrayList<>();
        Set<LedgerKey> keys = new TreeSet<>(leftStock.keySet());
        keys.addAll(rightStock.keySet());
        for (LedgerKey key : keys) {
            Object one = leftStock.get(key);
            Object other = rightStock.get(key);
            if (one == null || !one.equals(other)) {
                differences.add("%s: %s has %s, %s has %s"
                        .formatted(key, left, one == null ? "nothing" : one, right, other == null ? "nothing" : other));
            }
        }
        return differences;
    }

    @Override
    public String toString() {
        return stock + " of " + updatedAt;
    }
}
