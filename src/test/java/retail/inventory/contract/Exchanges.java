package retail.inventory.contract;

import java.util.List;
import java.util.stream.Stream;
import retail.inventory.acceptance.RunningService;

/** Requests that reach every operation of the file, and every answer of it that a healthy service gives. */
final class Exchanges {

    private static final String MAX = "9007199254740991";
    private static final List<String> PREFIXES = List.of("", "/api/inventory");

    /** How many changes {@link #prepare} makes. */
    private static final int PREPARED = 13;

    private Exchanges() {}

    static Stream<Exchange> all() {
        return Stream.of(
                        CentralExchanges.all(PREPARED),
                        PREFIXES.stream().flatMap(Exchanges::stock),
                        health(),
                        actuator())
                .flatMap(rows -> rows);
    }

    /** Puts in place what the requests need. */
    static void prepare(RunningService service) {
        for (String prefix : PREFIXES) {
            String store = store(prefix);
            service.adjust(store, "STOCKED", 1000);
            service.adjust(store, "UNTOUCHED", 5);
            service.adjust(store, "FULL", Long.parseLong(MAX));
            service.adjust(store, "85123a", 1);
            service.adjust(store, "BANK CHARGES", 1, "Idempotency-Key", "used-in-" + store);
            service.reserve(store, "STOCKED", 1, "Idempotency-Key", "sold-in-" + store);
        }
        CentralExchanges.prepare(service);
    }

    /** Each prefix has a store of its own, so that what one creates is new for the other, too. */
    private static String store(String prefix) {
        return prefix.isEmpty() ? "BARE" : "PROXIED";
    }

    private static Stream<Exchange> stock(String prefix) {
        String page = prefix + "/stores/" + store(prefix) + "/inventory";
        return Stream.of(pages(page), records(page), adjusts(page, store(prefix)), reserves(page, store(prefix)))
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
                Exchange.get(400, page + "?after=.a").problem("invalid-request").forbidden(),
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
                Exchange.get(400, page + "/.hidden").problem("invalid-request").forbidden(),
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
        String stocked = page + "/STOCKED/adjust";
        String key = "Idempotency-Key";
        Stream<Exchange> accepted = Stream.of(
                Exchange.post(200, stocked, "{\"delta\":12}"),
                Exchange.post(200, stocked, "{\"delta\":1,\"expectedVersion\":null}"),
                Exchange.post(200, stocked, "{\"delta\":-3}", key, "minus-3-" + store),
                Exchange.post(201, page + "/NEW/adjust", "{\"delta\":20,\"expectedVersion\":0}"),
                Exchange.post(201, page + "/NEW%20TOO/adjust", "{\"delta\":20}", "If-Match", "\"0\""),
                Exchange.post(201, page + "/BANK%20CHARGES/adjust", "{\"delta\":1}", key, "used-in-" + store));
        Stream<Exchange> refused = Stream.of(
                Exchange.post(404, page + "/NOWHERE/adjust", "{\"delta\":-1}").problem("unknown-sku"),
                Exchange.post(409, stocked, "{\"delta\":1,\"expectedVersion\":0}")
                        .problem("version-conflict"),
                Exchange.post(409, stocked, "{\"delta\":1}", "If-Match", "\"99999\"")
                        .problem("version-conflict"),
                Exchange.post(409, page + "/GHOST/adjust", "{\"delta\":1,\"expectedVersion\":7}")
                        .problem("version-conflict"),
                Exchange.post(409, stocked, "{\"delta\":-" + MAX + "}").problem("insufficient-stock"),
                Exchange.post(409, page + "/FULL/adjust", "{\"delta\":1}").problem("above-maximum"),
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
        String stocked = page + "/STOCKED/reserve";
        String key = "Idempotency-Key";
        Stream<Exchange> accepted = Stream.of(
                Exchange.post(200, stocked, "{\"qty\":5}"),
                Exchange.post(200, stocked, "{\"qty\":1,\"expectedVersion\":null}"),
                Exchange.post(200, page + "/BANK%20CHARGES/reserve", "{\"qty\":1,\"expectedVersion\":1}"),
                Exchange.post(200, stocked, "{\"qty\":1}", key, "sold-in-" + store));
        Stream<Exchange> refused = Stream.of(
                Exchange.post(404, page + "/NOWHERE/reserve", "{\"qty\":1}").problem("unknown-sku"),
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
                Exchange.post(400, path.replace("/STOCKED/", "/STOCKED%20/"), body)
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

    private static Stream<Exchange> health() {
        return Stream.of(
                        "/health/liveness",
                        "/health/readiness",
                        "/api/health/liveness",
                        "/api/health/readiness",
                        "/",
                        "/metrics",
                        "/api/metrics")
                .flatMap(path -> Stream.of(
                        Exchange.get(200, path),
                        Exchange.get(200, path, "Accept", "*/*", "X-Request-Id", "lb-1"),
                        without("DELETE", path),
                        Exchange.get(406, path, "Accept", "text/html")
                                .problem("not-acceptable")
                                .forbidden()));
    }

    private static Stream<Exchange> actuator() {
        Stream<Exchange> served = Stream.of(
                        "/actuator/health",
                        "/actuator/health/liveness",
                        "/actuator/health/readiness",
                        "/actuator/info",
                        "/actuator/leases",
                        "/actuator/loggers",
                        "/actuator/metrics",
                        "/actuator/prometheus")
                .flatMap(path -> Stream.of(Exchange.get(200, path), without("POST", path)));
        String logger = "/actuator/loggers/retail.inventory.web.stock.StockAnswers";
        return Stream.concat(
                served,
                Stream.of(
                        Exchange.get(200, logger),
                        Exchange.get(404, "/actuator/loggers/no.such.logger").problem("no-such-route"),
                        without("DELETE", logger),
                        without("POST", logger),
                        Exchange.get(200, "/actuator/health", "Accept", "application/json"),
                        Exchange.get(200, "/actuator/prometheus", "Accept", "application/openmetrics-text"),
                        Exchange.get(404, "/actuator/health/no-such-group")
                                .problem("no-such-route")
                                .forbidden()));
    }

    private static Exchange without(String method, String path) {
        return new Exchange(405, "method-not-allowed", false, method, path, null, List.of());
    }
}
