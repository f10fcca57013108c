package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import retail.inventory.acceptance.RunningService;

/** Requests about holds. */
final class HoldExchanges {

    /** How many changes {@link #prepare} makes for a store. */
    static final int PREPARED = 8;

    private static final String KEY = "Idempotency-Key";

    private HoldExchanges() {}

    /** Puts in place what the requests need. */
    static void prepare(RunningService service, String store) {
        service.adjust(store, "HELD", 1000);
        service.adjust(store, "FEW", 2);
        for (String hold : List.of("kept-", "sold-", "given-")) {
            String body = "{\"reference\":\"ORDER-77\",\"lines\":[" + line(store, "HELD", 5) + "]}";
            assertThat(service.send(
                                    "PUT",
                                    "/holds/" + hold + store,
                                    BodyPublishers.ofString(body),
                                    "Content-Type",
                                    "application/json")
                            .status())
                    .isEqualTo(201);
        }
        service.post("/holds/sold-" + store + "/confirm", "{}");
        service.post("/holds/given-" + store + "/release", "{}");
        service.post("/holds/kept-" + store + "/extend", "{}", KEY, "extended-" + store);
    }

    private static String line(String store, String sku, long qty) {
        return "{\"storeId\":\"" + store + "\",\"sku\":\"" + sku + "\",\"qty\":" + qty + "}";
    }

    /** Requests behind a prefix about a store and its holds. */
    static Stream<Exchange> all(String prefix, String store) {
        String holds = prefix + "/holds";
        return Stream.of(
                        ofSku(prefix + "/stores/" + store + "/inventory"),
                        lists(holds),
                        reads(holds, store),
                        creations(holds, store),
                        placements(holds, store),
                        parts(holds, store, "confirm", "given-", "sold-"),
                        parts(holds, store, "release", "sold-", "given-"),
                        extensions(holds, store))
                .flatMap(rows -> rows);
    }

    private static Stream<Exchange> ofSku(String page) {
        return Stream.of(page + "/{sku}/holds?", page + "/holds?sku={sku}&")
                .flatMap(path -> Stream.of(
                        Exchange.get(200, path.replace("{sku}", "HELD") + "limit=1"),
                        Exchange.get(200, path.replace("{sku}", "HELD") + "after=never.zzz"),
                        invalid(Exchange.get(400, path.replace("{sku}", "HELD") + "after=cart-1")),
                        invalid(Exchange.get(400, path.replace("{sku}", "HELD") + "limit=0")),
                        Exchange.get(404, path.replace("{sku}", "NOWHERE") + "limit=1")
                                .problem("unknown-sku"),
                        without("DELETE", path.replace("{sku}", "HELD") + "limit=1"),
                        notAcceptable(
                                Exchange.get(406, path.replace("{sku}", "HELD") + "limit=1", "Accept", "text/html"))));
    }

    private static Stream<Exchange> lists(String holds) {
        return Stream.of(
                Exchange.get(200, holds + "?reference=ORDER-77"),
                Exchange.get(200, holds + "?reference=ORDER-77&limit=1&after=a"),
                Exchange.get(200, holds + "?expiringWithin=2678400&limit=2"),
                // No schema can say that one of two parameters must be there.
                Exchange.get(400, holds).problem("invalid-request"),
                Exchange.get(400, holds + "?reference=A&expiringWithin=1").problem("invalid-request"),
                Exchange.get(400, holds + "?expiringWithin=1&after=a").problem("invalid-request"),
                invalid(Exchange.get(400, holds + "?expiringWithin=0")),
                invalid(Exchange.get(400, holds + "?expiringWithin=2678401")),
                invalid(Exchange.get(400, holds + "?reference=" + "a".repeat(129))),
                without("DELETE", holds),
                notAcceptable(Exchange.get(406, holds + "?reference=A", "Accept", "text/html")));
    }

    private static Stream<Exchange> reads(String holds, String store) {
        return Stream.of(
                Exchange.get(200, holds + "/kept-" + store),
                Exchange.get(200, holds + "/sold-" + store, "If-None-Match", "\"1\""),
                Exchange.get(304, holds + "/sold-" + store, "If-None-Match", "\"2\""),
                Exchange.get(404, holds + "/nowhere").problem("unknown-hold"),
                invalid(Exchange.get(400, holds + "/_a")),
                without("DELETE", holds + "/kept-" + store),
                notAcceptable(Exchange.get(406, holds + "/kept-" + store, "Accept", "text/html")));
    }

    private static Stream<Exchange> creations(String holds, String store) {
        String body = "{\"lines\":[" + line(store, "HELD", 1) + "]}";
        return Stream.of(
                Exchange.post(201, holds, body, KEY, "made-" + store),
                Exchange.post(201, holds, body, KEY, "made-" + store),
                Exchange.post(409, holds, "{\"lines\":[" + line(store, "FEW", 3) + "]}", KEY, "short-" + store)
                        .problem("insufficient-stock"),
                invalid(Exchange.post(400, holds, body)),
                invalid(Exchange.post(400, holds, "{}", KEY, "bad-" + store)),
                notAcceptable(Exchange.post(406, holds, body, KEY, "k", "Accept", "text/html")),
                Exchange.post(413, holds, body + " ".repeat(256 * 1024), KEY, "k")
                        .problem("body-too-large"),
                wrongType(Exchange.post(415, holds, body, KEY, "k", "Content-Type", "text/plain")));
    }

    private static Stream<Exchange> placements(String holds, String store) {
        String path = holds + "/new-" + store;
        String body = "{\"lines\":[" + line(store, "HELD", 1) + "]}";
        Stream<Exchange> accepted = Stream.of(
                Exchange.put(201, path, body, "If-None-Match", "*"),
                Exchange.put(200, path, body, "If-Match", "\"1\""),
                Exchange.put(200, path, body.replace("{\"lines", "{\"ttlSeconds\":60,\"ifShort\":\"partial\",\"lines")),
                Exchange.put(
                        201,
                        holds + "/order-" + store,
                        body.replace("{\"lines", "{\"ttlSeconds\":null,\"reference\":\"O-1\",\"lines")));
        Stream<Exchange> refused = Stream.of(
                Exchange.put(409, path, body, "If-None-Match", "*").problem("version-conflict"),
                Exchange.put(409, path, body, "If-Match", "\"1\"").problem("version-conflict"),
                Exchange.put(409, path, body.replace("}]", ",\"expectedVersion\":0}]"))
                        .problem("version-conflict"),
                Exchange.put(409, path, "{\"lines\":[" + line(store, "FEW", 3) + "," + line("NOWHERE", "A", 1) + "]}")
                        .problem("insufficient-stock"),
                Exchange.put(409, holds + "/sold-" + store, body).problem("hold-closed"),
                Exchange.put(409, path, body, KEY, "extended-" + store).problem("idempotency-key-reused"));
        Stream<Exchange> invalid = Stream.of(
                        "{}",
                        "{\"lines\":[]}",
                        "{\"lines\":[" + line(store, "HELD", 0) + "]}",
                        body.replace("{\"lines", "{\"ttlSeconds\":0,\"lines"),
                        body.replace("{\"lines", "{\"ifShort\":\"accept\",\"lines"),
                        body.replace("{\"lines", "{\"ignoreSafetyStock\":true,\"lines"))
                .map(wrong -> invalid(Exchange.put(400, path, wrong)));
        Stream<Exchange> others = Stream.of(
                notAcceptable(Exchange.put(406, path, body, "Accept", "text/html")),
                Exchange.put(413, path, body + " ".repeat(256 * 1024)).problem("body-too-large"),
                wrongType(Exchange.put(415, path, body, "Content-Type", "text/plain")));
        return Stream.of(accepted, refused, invalid, others).flatMap(rows -> rows);
    }

    /** Confirms or releases. */
    private static Stream<Exchange> parts(String holds, String store, String action, String against, String done) {
        String path = holds + "/kept-" + store + "/" + action;
        String way = action + (holds.length() > "/holds".length() ? "-2-" : "-1-") + store;
        String one = "{\"lines\":[" + line(store, "HELD", 1) + "]}";
        return Stream.of(
                Exchange.post(200, holds + "/" + done + store + "/" + action, "{}"),
                Exchange.post(200, path, one, KEY, way),
                Exchange.post(200, path, one, KEY, way),
                // No schema can say that a header is needed for a member.
                Exchange.post(400, path, one).problem("invalid-request"),
                invalid(Exchange.post(400, path, one.replace(":1}", ":-1}"), KEY, "k")),
                invalid(Exchange.post(400, path, "{\"ttlSeconds\":1}")),
                Exchange.post(404, holds + "/nowhere/" + action, "{}").problem("unknown-hold"),
                Exchange.post(409, holds + "/" + against + store + "/" + action, "{}")
                        .problem("hold-closed"),
                Exchange.post(409, path, one.replace(":1}", ":9}"), KEY, "more-" + way)
                        .problem("exceeds-hold"),
                without("GET", path),
                notAcceptable(Exchange.post(406, path, "{}", "Accept", "text/html")),
                Exchange.post(413, path, "{}" + " ".repeat(256 * 1024)).problem("body-too-large"),
                wrongType(Exchange.post(415, path, "{}", "Content-Type", "text/plain")));
    }

    private static Stream<Exchange> extensions(String holds, String store) {
        String path = holds + "/kept-" + store + "/extend";
        return Stream.of(
                Exchange.post(200, path, "{\"ttlSeconds\":300,\"actor\":\"web\"}"),
                invalid(Exchange.post(400, path, "{\"ttlSeconds\":null}")),
                Exchange.post(404, holds + "/nowhere/extend", "{}").problem("unknown-hold"),
                Exchange.post(409, holds + "/sold-" + store + "/extend", "{}").problem("hold-closed"),
                without("GET", path),
                notAcceptable(Exchange.post(406, path, "{}", "Accept", "text/html")),
                Exchange.post(413, path, "{}" + " ".repeat(256 * 1024)).problem("body-too-large"),
                wrongType(Exchange.post(415, path, "{}", "Content-Type", "text/plain")));
    }

    private static Exchange invalid(Exchange exchange) {
        return exchange.problem("invalid-request").forbidden();
    }

    private static Exchange notAcceptable(Exchange exchange) {
        return exchange.problem("not-acceptable").forbidden();
    }

    private static Exchange wrongType(Exchange exchange) {
        return exchange.problem("unsupported-media-type").forbidden();
    }

    private static Exchange without(String method, String path) {
        return new Exchange(405, "method-not-allowed", false, method, path, null, List.of());
    }
}
