package retail.inventory.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of a store's records, and the SKU after which the next page starts if there is one.
 *
 * <p>Read by patterns, as a SKU needs no escape in JSON and a record holds no object: what a pattern misses is missing
 * in the comparison, so a change of the format cannot pass for equality.
 */
record StockPage(Map<String, Held> stock, Optional<String> next) {

    /** The largest page the service gives. */
    static final int LIMIT = 1_000;

    private static final Pattern RECORDS = Pattern.compile("\"records\"\\s*:\\s*\\[([^\\[\\]]*)]");
    private static final Pattern RECORD = Pattern.compile("\\{[^{}]*}");
    private static final JsonMember SKU = JsonMember.text("sku");
    private static final Pattern NEXT = Pattern.compile("\"next\"\\s*:\\s*\"([^\"\\\\]*)\"");

    static StockPage parse(String json) {
        Matcher records = RECORDS.matcher(json);
        if (!records.find()) {
            throw new ReplayException("This is no page of stock: " + json);
        }
        Map<String, Held> stock = new TreeMap<>();
        Matcher each = RECORD.matcher(records.group(1));
        while (each.find()) {
            String record = each.group();
            stock.put(SKU.in(record), Held.parse(record));
        }
        Matcher next = NEXT.matcher(json.substring(records.end()) + json.substring(0, records.start()));
        return new StockPage(stock, next.find() ? Optional.of(next.group(1)) : Optional.empty());
    }

    /** All records of one store, page after page; empty for a store the service does not know. */
    static Map<String, Held> all(ReplayClient client, String store) throws InterruptedException {
        Map<String, Held> stock = new TreeMap<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            String start = after.get();
            StockPage page = client.page(store, start).orElse(new StockPage(Map.of(), Optional.empty()));
            page.next().filter(next -> next.compareTo(start) <= 0).ifPresent(next -> {
                throw new ReplayException("Page after '%s' of %s leads back to '%s'.".formatted(start, store, next));
            });
            page.stock().forEach((sku, held) -> {
                if (stock.put(sku, held) != null) {
                    throw new ReplayException("Two pages of %s hold '%s'.".formatted(store, sku));
                }
            });
            after = page.next();
        }
        return stock;
    }
}
