package retail.inventory.acceptance;

import static retail.inventory.acceptance.BadRequest.invalid;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Store ids and SKUs that break their rules, in paths. */
final class BadIds {

    private static final String DELTA = "{\"delta\":1}";

    private BadIds() {}

    static Stream<BadRequest> rows() {
        Stream<BadRequest> ofBoth = Stream.of(
                        "a".repeat(65), "a%C2%A0b", "%E2%80%AE", "a%0Ab", "a%7F", "%EE%80%80", "A%CC%88")
                .flatMap(id -> Stream.of(sku(id, "sku"), read(id, "sku"), store(id, "storeId"), page(id, "storeId")));
        Stream<BadRequest> ofSkus = Stream.of("a%20", "%20a", "%20", "%CD%B8", "..%2F", "a%2F.", "%2E%2E%2Fa")
                .flatMap(id -> Stream.of(sku(id, "sku"), read(id, "sku")));
        Stream<BadRequest> ofStores = Stream.of(
                        "a%20b",
                        "a:b",
                        ".hidden",
                        "-a",
                        "_a",
                        "%C3%84pfel",
                        "%EF%BC%91",
                        "a+b",
                        "a%2Bb",
                        "a,b",
                        "a@b",
                        "$(id)",
                        "%25",
                        "a%22b",
                        "%3Cscript%3E",
                        "a%2Fb",
                        "a%5Cb")
                .flatMap(id -> Stream.of(store(id, "storeId"), page(id, "storeId")));
        // These are refused before it is known which part of the path is meant.
        Stream<BadRequest> unreadable = Stream.of(
                        "..",
                        "%2e%2e",
                        ".",
                        "%2E",
                        "%00",
                        "a%00",
                        "%c0%ae",
                        "%ff",
                        "a%C3%28",
                        "%ED%A0%80",
                        "a;a=b",
                        ";")
                .flatMap(id -> Stream.of(sku(id, null), read(id, null), page(id, null)));
        Stream<BadRequest> notPercentEncoding = Stream.of("%zz", "a%", "a%2").map(BadIds::raw);
        return Stream.of(ofBoth, ofSkus, ofStores, unreadable, notPercentEncoding)
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
