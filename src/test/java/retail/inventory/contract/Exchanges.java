package retail.inventory.contract;

import java.util.List;
import java.util.stream.Stream;
import retail.inventory.acceptance.RunningService;

/** Requests that reach every operation of the file, and every answer of it that a healthy service gives. */
final class Exchanges {

    private static final String MAX = "9007199254740991";
    private static final List<String> PREFIXES = List.of("", "/api/inventory");

    /** How many changes {@link #prepare} makes. */
    private static final int PREPARED = 15 + 2 * HoldExchanges.PREPARED;

    private Exchanges() {}

    static Stream<Exchange> all() {
        return Stream.of(
                        CentralExchanges.all(PREPARED),
                        PREFIXES.stream().flatMap(prefix -> StockExchanges.all(prefix, store(prefix))),
                        PREFIXES.stream().flatMap(prefix -> HoldExchanges.all(prefix, store(prefix))),
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
            service.adjust(store, "TWO LEFT", 2);
            service.adjust(store, "BANK CHARGES", 1, "Idempotency-Key", "used-in-" + store);
            service.reserve(store, "STOCKED", 1, "Idempotency-Key", "sold-in-" + store);
            HoldExchanges.prepare(service, store);
        }
        CentralExchanges.prepare(service);
    }

    /** Each prefix has a store of its own, so that what one creates is new for the other, too. */
    private static String store(String prefix) {
        return prefix.isEmpty() ? "BARE" : "PROXIED";
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
