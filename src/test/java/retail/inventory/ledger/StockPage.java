package retail.inventory.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of a store's records, and the SKU after which the next page starts if there is one.
 *
 * <p>Read by patterns, as a SKU needs no escape in JSON and a record holds no object: what a pattern misses is missing
 * in the comparison, so a change of the format cannot pass for equality.
 */
record StockPage(Map<String, Stock> stock, Optional<String> next) {

    /** The largest page the service gives. */
    static final int LIMIT = 1_000;

    private static final Pattern RECORDS = Pattern.compile("\"records\"\\s*:\\s*\\[([^\\[\\]]*)]");
    private static final Pattern RECORD = Pattern.compile("\\{[^{}]*}");
    private static final Pattern SKU = Pattern.compile("\"sku\"\\s*:\\s*\"([^\"\\\\]*)\"");
    private static final Pattern QTY = Pattern.compile("\"qty\"\\s*:\\s*(-?\\d{1,18})\\b");
    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*(\\d{1,18})\\b");
    private static final Pattern NEXT = Pattern.compile("\"next\"\\s*:\\s*\"([^\"\\\\]*)\"");

    static StockPage parse(String json) {
        Matcher records = RECORDS.matcher(json);
        if (!records.find()) {
            throw new ReplayException("This is no page of stock: " + json);
        }
        Map<String, Stock> stock = new TreeMap<>();
        Matcher each = RECORD.matcher(records.group(1));
        while (each.find()) {
            String record = each.group();
            Stock held = new Stock(first(QTY, record, Long::parseLong), first(VERSION, record, Long::parseLong));
            stock.put(first(SKU, record, sku -> sku), held);
        }
        Matcher next = NEXT.matcher(json.substring(records.end()) + json.substring(0, records.start()));
        return new StockPage(stock, next.find() ? Optional.of(next.group(1)) : Optional.empty());
    }

    /** All records of one store, page after page; empty for a store the service does not know. */
    static Map<String, Stock> all(ReplayClient client, String store) throws InterruptedException {
        Map<String, Stock> stock = new TreeMap<>();
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

    private static <T> T first(Pattern pattern, String record, Function<String, T> read) {
        Matcher matcher = pattern.matcher(record);
        if (!matcher.find()) {
            throw new ReplayException("This is no record of stock: " + record);
        }
        return read.apply(matcher.group(1));
    }
}
