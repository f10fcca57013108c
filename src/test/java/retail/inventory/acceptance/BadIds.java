package retail.inventory.acceptance;

import static retail.inventory.acceptance.BadRequest.invalid;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Store ids and SKUs that break their rules, in paths. */
final class BadIds {

    private static final String DELTA = "{\"delta\":1}";

    private BadIds() {}

    static Stream<BadRequest> rows() {
        Stream<BadRequest> ruleBreaking = Stream.of(
                        "a".repeat(65),
                        ".hidden",
                        "-a",
                        "_a",
                        ":a",
                        "%C3%84pfel",
                        "%D0%90",
                        "%EF%BC%91",
                        "a%C2%A0b",
                        "%E2%80%AE",
                        "a%0Ab",
                        "a%7F",
                        "a+b",
                        "a%2Bb",
                        "a,b",
                        "a@b",
                        "a*b",
                        "$(id)",
                        "%25",
                        "a%22b",
                        "%3Cscript%3E",
                        "..",
                        "%2e%2e")
                .flatMap(id -> Stream.of(sku(id, "sku"), read(id, "sku"), store(id, "storeId"), page(id, "storeId")));
        Stream<BadRequest> spaces =
                Stream.of("a%20", "%20a", "%20").flatMap(id -> Stream.of(sku(id, "sku"), read(id, "sku")));
        Stream<BadRequest> inStoresOnly = Stream.of("a%20b", "a:b").map(id -> page(id, "storeId"));
        // The web server refuses these before it knows which part of the path is meant.
        Stream<BadRequest> unreadable = Stream.of(
                        "..%2F", "a%2Fb", "%00", "a%00", "a%5Cb", "%c0%ae", "%ff", "a%C3%28", "a;a=b", ";")
                .flatMap(id -> Stream.of(sku(id, null), read(id, null), page(id, null)));
        Stream<BadRequest> notPercentEncoding = Stream.of("%zz", "a%", "a%2").map(BadIds::raw);
        return Stream.of(ruleBreaking, spaces, inStoresOnly, unreadable, notPercentEncoding)
                .flatMap(rows -> rows);
    }

    private static BadRequest sku(String id, @Nullable String field) {
        String path = "/stores/" + BadInputTest.STORE + "/inventory/" + id + "/adjust";
        return invalid("adjust of SKU " + id, field, service -> service.post(path, DELTA));
    }

    private static BadRequest read(String id, @Nullable String field) {
        String path = "/stores/" + BadInputTest.STORE + "/inventory/" + id;
        return invalid("read of SKU " + id, field, service -> service.get(path));
    }

    private static BadRequest store(String id, @Nullable String field) {
        String path = "/api/inventory/stores/" + id + "/inventory/" + BadInputTest.WITNESS + "/adjust";
        return invalid("adjust in store " + id, field, service -> service.post(path, DELTA));
    }

    private static BadRequest page(String id, @Nullable String field) {
        String path = "/stores/" + id + "/inventory";
        return invalid("page of store " + id, field, service -> service.get(path));
    }

    private static BadRequest raw(String id) {
        return invalid(
                "path with " + id,
                null,
                service -> service.raw("GET /stores/" + BadInputTest.STORE + "/inventory/" + id
                        + " HTTP/1.1\nHost: localhost\nConnection: close\n\n"));
    }
}
