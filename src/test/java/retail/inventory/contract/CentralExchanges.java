package retail.inventory.contract;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import retail.inventory.acceptance.RunningService;

/** Requests that reach the central view, the feed and the dead letters. */
final class CentralExchanges {

    private static final List<String> PREFIXES = List.of("", "/api");

    /** Their events are in the log and fit, so that applying them works; each prefix has its own. */
    private static final List<Long> CURABLE = List.of(1L, 2L);

    /** The log is not so long, so that they cannot be applied. */
    private static final long INCURABLE = 900_001;

    private CentralExchanges() {}

    /**
     * Must be the first requests that are sent.
     *
     * @param changes how many there were in all; the tag of everything is known only as long as there are no more
     */
    static Stream<Exchange> all(int changes) {
        return PREFIXES.stream()
                .flatMap(prefix -> Stream.of(
                                skus(prefix + "/central/skus/"),
                                skus(prefix + "/central/skus?sku="),
                                stores(prefix + "/central/stores/"),
                                inventory(prefix + "/central/inventory", changes),
                                sync(prefix + "/sync"),
                                events(prefix + "/events"),
                                letters(prefix),
                                audit(prefix + "/audit"))
                        .flatMap(rows -> rows));
    }

    /** Puts in place what the requests need, after what the other requests need. */
    static void prepare(RunningService service) {
        service.adjust("STILL", "A", 1);
        service.restartWith(
                "dead-letter/central.jsonl",
                Stream.concat(CURABLE.stream(), Stream.of(INCURABLE))
                        .map(CentralExchanges::letter)
                        .collect(Collectors.joining("\n")));
    }

    private static String letter(long id) {
        return String.format(
                "{\"id\":%1$d,\"letter\":{\"id\":%1$d,\"at\":\"2026-11-22T10:00:00.123456Z\",\"reason\":\"a test\","
                        + "\"event\":{\"sequence\":%1$d,\"eventId\":\"0199aa10-7c4e-7d3a-9b1f-2f6c1d0e8a47\",\"atMs\":1,"
                        + "\"type\":\"TRANSFER\",\"storeId\":\"BARE\",\"sku\":\"A\",\"amount\":1,\"expectedVersion\":null,"
                        + "\"resultQty\":1,\"resultVersion\":1,\"request\":null},"
                        + "\"place\":\"a file\",\"text\":\"{}\"}}",
                id);
    }

    private static Stream<Exchange> skus(String skus) {
        String and = skus.endsWith("=") ? "&" : "?";
        Stream<Exchange> valid = Stream.of(
                Exchange.get(200, skus + "STOCKED"),
                Exchange.get(200, skus + "BANK%20CHARGES" + and + "minSequence=1", "X-Request-Id", "web-7f3a91"),
                Exchange.get(200, skus + "UNTOUCHED", "If-None-Match", "W/\"1\""),
                Exchange.get(304, skus + "UNTOUCHED", "If-None-Match", "W/\"2\""),
                Exchange.get(404, skus + "NOWHERE").problem("unknown-sku"),
                Exchange.get(404, skus + "untouched" + and + "minSequence=0").problem("unknown-sku"),
                Exchange.get(410, skus + "STOCKED" + and + "minSequence=900001").problem("events-gone"));
        return Stream.of(
                        valid,
                        badSequences(skus + "STOCKED" + and, "minSequence"),
                        invalid(skus + "a".repeat(65)),
                        anyRead(skus + "STOCKED"))
                .flatMap(rows -> rows);
    }

    private static Stream<Exchange> stores(String stores) {
        Stream<Exchange> valid = Stream.of(
                Exchange.get(200, stores + "BARE?limit=2"),
                Exchange.get(200, stores + "BARE?limit=1000&after=STOCKED&minSequence=3"),
                Exchange.get(200, stores + "STILL?after=zzz", "Accept", "application/json"),
                Exchange.get(304, stores + "STILL", "If-None-Match", "W/\"1\""),
                Exchange.get(404, stores + "NOWHERE").problem("unknown-store"),
                Exchange.get(410, stores + "BARE?minSequence=1.00000000").problem("events-gone"));
        return Stream.of(
                        valid,
                        badSequences(stores + "BARE?", "minSequence"),
                        invalid(stores + "_1"),
                        invalid(stores + "BARE?limit=0"),
                        invalid(stores + "BARE?after=" + "a".repeat(65)),
                        anyRead(stores + "BARE"))
                .flatMap(rows -> rows);
    }

    private static Stream<Exchange> inventory(String inventory, int changes) {
        Stream<Exchange> valid = Stream.of(
                Exchange.get(200, inventory),
                Exchange.get(200, inventory + "?minSequence=2", "If-None-Match", "W/\"1\""),
                Exchange.get(304, inventory, "If-None-Match", "W/\"" + changes + "\""),
                Exchange.get(410, inventory + "?minSequence=900001").problem("events-gone"));
        return Stream.of(valid, badSequences(inventory + "?", "minSequence"), anyRead(inventory))
                .flatMap(rows -> rows);
    }

    private static Stream<Exchange> sync(String sync) {
        return Stream.of(post(200, sync), without("GET", sync), notAcceptable("POST", sync));
    }

    private static Stream<Exchange> events(String events) {
        Stream<Exchange> valid = Stream.of(
                Exchange.get(200, events),
                Exchange.get(200, events + "?after=1&limit=2", "Accept", "application/json"),
                Exchange.get(410, events + "?after=900001").problem("events-gone"),
                Exchange.get(410, events + "?after=1.00000000").problem("events-gone"),
                Exchange.get(410, events, "Accept", "text/event-stream", "Last-Event-ID", "900001")
                        .problem("events-gone"));
        Stream<Exchange> badStreams = Stream.of("x", "-1", "1.5")
                .map(id -> Exchange.get(400, events, "Accept", "text/event-stream", "Last-Event-ID", id)
                        .problem("invalid-request")
                        .forbidden());
        return Stream.of(
                        valid,
                        badStreams,
                        badSequences(events + "?", "after"),
                        invalid(events + "?limit=0"),
                        anyRead(events))
                .flatMap(rows -> rows);
    }

    private static Stream<Exchange> letters(String prefix) {
        String letters = prefix + "/dead-letters";
        Stream<Exchange> pages = Stream.of(
                Exchange.get(200, letters),
                Exchange.get(200, letters + "?after=2&limit=1"),
                Exchange.get(200, letters + "?after=900001"));
        Stream<Exchange> replays = Stream.of(
                post(200, letters + "/" + CURABLE.get(PREFIXES.indexOf(prefix)) + "/replay"),
                post(400, letters + "/x/replay").problem("invalid-request").forbidden(),
                post(404, letters + "/7/replay").problem("unknown-dead-letter"),
                post(409, letters + "/" + INCURABLE + "/replay").problem("still-dead"),
                without("GET", letters + "/7/replay"),
                notAcceptable("POST", letters + "/7/replay"));
        return Stream.of(
                        pages,
                        replays,
                        badSequences(letters + "?", "after"),
                        invalid(letters + "?limit=x"),
                        anyRead(letters))
                .flatMap(rows -> rows);
    }

    private static Stream<Exchange> audit(String audit) {
        return Stream.concat(Stream.of(Exchange.get(200, audit)), anyRead(audit));
    }

    private static Stream<Exchange> badSequences(String path, String parameter) {
        return Stream.of("-1", "x", "1.5", "9999999999999999999")
                .flatMap(value -> invalid(path + parameter + "=" + value));
    }

    private static Stream<Exchange> invalid(String path) {
        return Stream.of(Exchange.get(400, path).problem("invalid-request").forbidden());
    }

    private static Stream<Exchange> anyRead(String path) {
        return Stream.of(without("DELETE", path), notAcceptable("GET", path));
    }

    private static Exchange post(int status, String path) {
        return new Exchange(status, null, true, "POST", path, null, List.of());
    }

    private static Exchange without(String method, String path) {
        return new Exchange(405, "method-not-allowed", false, method, path, null, List.of());
    }

    private static Exchange notAcceptable(String method, String path) {
        return new Exchange(406, "not-acceptable", false, method, path, null, List.of("Accept", "text/html"));
    }
}
