package retail.inventory.contract;

import java.util.List;
import java.util.stream.Stream;

/** Requests that read and change stock. */
final class StockExchanges {

    private static final String MAX = "9007199254740991";

    private StockExchanges() {}

    /** Requests for the stock of a store, which {@link Exchanges#prepare} has prepared. */
    static Stream<Exchange> all(String prefix, String store) {
        String page = prefix + "/stores/" + store + "/inventory";
        return Stream.of(pages(page), records(page), adjusts(page, store), reserves(page, store))
                .flatMap(rows -> rows);
    }

    private static Stream<Exchange> pages(String page) {
        return Stream.of(
                Exchange.get(200, page),
                Exchange.get(200, page + "?limit=2"),
                Exchange.get(200, page + "?limit=1000&after=STOCKED", "X-Request-Id", "web-7f3a91"),
                Exchange.get(200, page + "?after=zzz", "Accept", "application/json"),
                Exchange.get(400, page + "?limit=0").problem("invalid-request").forbidden(),
                Exchange.get(400, page + "?limit=1001")
                        .problem("invalid-request")
                        .forbidden(),
                Exchange.get(400, page + "?limit=ten")
                        .problem("invalid-request")
                        .forbidden(),
                Exchange.get(400, page + "?after=" + "a".repeat(65))
                        .problem("invalid-request")
                        .forbidden(),
                Exchange.get(200, page + "?sku=STOCKED", "Accept", "application/json"),
                Exchange.get(304, page + "?sku=UNTOUCHED", "If-None-Match", "\"1\""),
                Exchange.get(404, page + "?sku=NOWHERE").problem("unknown-sku"),
                Exchange.get(400, page + "?sku=" + "a".repeat(65))
                        .problem("invalid-request")
                        .forbidden(),
                // No schema can say that two parameters do not go together.
                Exchange.get(400, page + "?sku=STOCKED&limit=2").problem("invalid-request"),
                Exchange.get(404, page.replaceFirst("stores/\\w+", "stores/NOWHERE"))
                        .problem("unknown-store"),
                without("DELETE", page),
                Exchange.get(406, page, "Accept", "text/html")
                        .problem("not-acceptable")
                        .forbidden());
    }

    private static Stream<Exchange> records(String page) {
        return Stream.of(
                Exchange.get(200, page + "/STOCKED"),
                Exchange.get(200, page + "/85123a", "If-None-Match", "\"7\""),
                Exchange.get(200, page + "/BANK%20CHARGES", "X-Request-Id", "A.b_c-1"),
                Exchange.get(304, page + "/UNTOUCHED", "If-None-Match", "\"1\""),
                Exchange.get(400, page + "/A%07").problem("invalid-request").forbidden(),
                Exchange.get(404, page + "/A%2FB").problem("unknown-sku"),
                Exchange.get(400, page + "/" + "a".repeat(65))
                        .problem("invalid-request")
                        .forbidden(),
                Exchange.get(404, page + "/NOWHERE").problem("unknown-sku"),
                Exchange.get(404, page + "/stocked").problem("unknown-sku"),
                without("PUT", page + "/STOCKED"),
                Exchange.get(406, page + "/STOCKED", "Accept", "application/xml")
                        .problem("not-acceptable")
                        .forbidden());
    }

    private static Stream<Exchange> adjusts(String page, String store) {
        return Stream.of("/{sku}/adjust", "/adjust?sku={sku}").flatMap(action -> adjusts(page, store, action));
    }

    /**
     * All adjusts in one of the ways to name their SKU.
     *
     * @param action has {@code {sku}} where it stands
     */
    private static Stream<Exchange> adjusts(String page, String store, String action) {
        String stocked = page + action.replace("{sku}", "STOCKED");
        String key = "Idempotency-Key";
        String way = action.startsWith("/adjust") ? "Q-" : "P-";
        Stream<Exchange> accepted = Stream.of(
                Exchange.post(200, stocked, "{\"delta\":12}"),
                Exchange.post(200, stocked, "{\"delta\":1,\"expectedVersion\":null}"),
                Exchange.post(200, stocked, "{\"delta\":-3}", key, "minus-3-" + way + store),
                Exchange.post(201, page + action.replace("{sku}", way + "NEW"), "{\"delta\":20,\"expectedVersion\":0}"),
                Exchange.post(
                        201, page + action.replace("{sku}", way + "NEW%20TOO"), "{\"delta\":20}", "If-Match", "\"0\""),
                Exchange.post(
                        201,
                        page + action.replace("{sku}", "BANK%20CHARGES"),
                        "{\"delta\":1}",
                        key,
                        "used-in-" + store));
        Stream<Exchange> refused = Stream.of(
                Exchange.post(404, page + action.replace("{sku}", "NOWHERE"), "{\"delta\":-1}")
                        .problem("unknown-sku"),
                Exchange.post(409, stocked, "{\"delta\":1,\"expectedVersion\":0}")
                        .problem("version-conflict"),
                Exchange.post(409, stocked, "{\"delta\":1}", "If-Match", "\"99999\"")
                        .problem("version-conflict"),
                Exchange.post(409, page + action.replace("{sku}", "GHOST"), "{\"delta\":1,\"expectedVersion\":7}")
                        .problem("version-conflict"),
                Exchange.post(409, stocked, "{\"delta\":-" + MAX + "}").problem("insufficient-stock"),
                Exchange.post(409, page + action.replace("{sku}", "FULL"), "{\"delta\":1}")
                        .problem("above-maximum"),
                Exchange.post(409, stocked, "{\"delta\":1}", key, "used-in-" + store)
                        .problem("idempotency-key-reused"));
        Stream<Exchange> invalid = Stream.of(
                        "{}",
                        "{\"delta\":0}",
                        "{\"delta\":\"1\"}",
                        "{\"delta\":1.5}",
                        "{\"delta\":null}",
                        "{\"delta\":9007199254740992}",
                        "{\"delta\":1,\"quantity\":1}",
                        "{\"delta\":1",
                        "[]",
                        "{\"delta\":1,\"expectedVersion\":-1}",
                        "{\"delta\":1,\"expectedVersion\":\"1\"}")
                .map(body -> Exchange.post(400, stocked, body)
                        .problem("invalid-request")
                        .forbidden());
        return Stream.of(accepted, refused, invalid, anyChange(stocked, "{\"delta\":1}"))
                .flatMap(rows -> rows);
    }

    private static Stream<Exchange> reserves(String page, String store) {
        return Stream.of("/{sku}/reserve", "/reserve?sku={sku}").flatMap(action -> reserves(page, store, action));
    }

    private static Stream<Exchange> reserves(String page, String store, String action) {
        String stocked = page + action.replace("{sku}", "STOCKED");
        String key = "Idempotency-Key";
        int way = action.startsWith("/{sku}") ? 1 : 2;
        Stream<Exchange> accepted = Stream.of(
                Exchange.post(200, stocked, "{\"qty\":5}"),
                Exchange.post(200, stocked, "{\"qty\":1,\"expectedVersion\":null}"),
                Exchange.post(
                        200,
                        page + action.replace("{sku}", "TWO%20LEFT"),
                        "{\"qty\":1,\"expectedVersion\":" + way + "}"),
                Exchange.post(200, stocked, "{\"qty\":1}", key, "sold-in-" + store));
        Stream<Exchange> refused = Stream.of(
                Exchange.post(404, page + action.replace("{sku}", "NOWHERE"), "{\"qty\":1}")
                        .problem("unknown-sku"),
                Exchange.post(409, stocked, "{\"qty\":1,\"expectedVersion\":99999}")
                        .problem("version-conflict"),
                Exchange.post(409, stocked, "{\"qty\":1}", "If-Match", "\"99999\"")
                        .problem("version-conflict"),
                Exchange.post(409, stocked, "{\"qty\":" + MAX + "}").problem("insufficient-stock"),
                Exchange.post(409, stocked, "{\"qty\":2}", key, "sold-in-" + store)
                        .problem("idempotency-key-reused"));
        Stream<Exchange> invalid = Stream.of(
                        "{}",
                        "{\"qty\":0}",
                        "{\"qty\":-1}",
                        "{\"qty\":\"1\"}",
                        "{\"qty\":1.5}",
                        "{\"qty\":null}",
                        "{\"qty\":9007199254740992}",
                        "{\"qty\":1,\"delta\":1}",
                        "null")
                .map(body -> Exchange.post(400, stocked, body)
                        .problem("invalid-request")
                        .forbidden());
        return Stream.of(accepted, refused, invalid, anyChange(stocked, "{\"qty\":1}"))
                .flatMap(rows -> rows);
    }

    /** What adjust and reserve refuse alike. */
    private static Stream<Exchange> anyChange(String path, String body) {
        Stream<Exchange> badHeaders = Stream.of(
                        List.of("If-Match", "7"),
                        List.of("If-Match", "*"),
                        List.of("If-Match", "\"7\", \"8\""),
                        List.of("Idempotency-Key", "two words"),
                        List.of("Idempotency-Key", "k".repeat(256)))
                .map(header -> Exchange.post(400, path, body, header.get(0), header.get(1))
                        .problem("invalid-request")
                        .forbidden());
        Stream<Exchange> others = Stream.of(
                Exchange.post(400, path.replace("STOCKED", "a".repeat(65)), body)
                        .problem("invalid-request")
                        .forbidden(),
                // No schema can say that two values must agree.
                Exchange.post(400, path, body.replace("}", ",\"expectedVersion\":6}"), "If-Match", "\"7\"")
                        .problem("invalid-request"),
                Exchange.post(409, path, body, "If-Match", "W/\"900-gzip\"").problem("version-conflict"),
                without("PATCH", path),
                Exchange.post(406, path, body, "Accept", "text/html")
                        .problem("not-acceptable")
                        .forbidden(),
                Exchange.post(413, path, body + " ".repeat(4 * 1024)).problem("body-too-large"),
                Exchange.post(415, path, body, "Content-Type", "text/plain")
                        .problem("unsupported-media-type")
                        .forbidden());
        return Stream.concat(badHeaders, others);
    }

    private static Exchange without(String method, String path) {
        return new Exchange(405, "method-not-allowed", false, method, path, null, List.of());
    }
}
