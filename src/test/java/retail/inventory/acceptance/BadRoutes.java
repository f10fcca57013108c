package retail.inventory.acceptance;

import static retail.inventory.acceptance.BadRequest.invalid;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;

/** Addresses, methods and parameters that do not exist. */
final class BadRoutes {

    private static final String PAGE = "/stores/" + BadInputTest.STORE + "/inventory";
    private static final String WITNESS = PAGE + "/" + BadInputTest.WITNESS;

    private BadRoutes() {}

    static Stream<BadRequest> rows() {
        return Stream.of(limit(), after(), queries(), routes(), methods()).flatMap(rows -> rows);
    }

    private static Stream<BadRequest> limit() {
        return Stream.of(
                        "limit=0",
                        "limit=1001",
                        "limit=abc",
                        "limit=",
                        "limit",
                        "limit=-1",
                        "limit=1.5",
                        "limit=1e2",
                        "limit=%2B1",
                        "limit=010",
                        "limit=99999999999",
                        "limit=%EF%BC%91",
                        "limit=1&limit=1",
                        "limit=1&limit=2",
                        "limit=%201")
                .map(query -> invalid("?" + query, "limit", service -> service.get(PAGE + "?" + query)));
    }

    private static Stream<BadRequest> after() {
        return Stream.of(
                        "after=",
                        "after=..",
                        "after=a%2F..",
                        "after=a%20",
                        "after=" + "a".repeat(65),
                        "after=%00",
                        "after=a&after=b",
                        "after=A%CC%88")
                .map(query -> invalid("?" + query, "after", service -> service.get(PAGE + "?" + query)));
    }

    private static Stream<BadRequest> queries() {
        return Stream.of("limit=%zz", "limit=%", "after=%ff", "after=%c0%ae", "other=%zz", "a=1&".repeat(2000))
                .map(query -> invalid(
                        "?" + query.substring(0, Math.min(20, query.length())),
                        null,
                        service -> service.raw(
                                "GET " + PAGE + "?" + query + " HTTP/1.1\nHost: localhost\nConnection: close\n\n")));
    }

    private static Stream<BadRequest> routes() {
        Stream<BadRequest> reads = Stream.of(
                        "/stores",
                        "/stores/STORE001",
                        "/store/STORE001/inventory/WITNESS",
                        "/stores/STORE001/inventory/",
                        "/stores/STORE001/Inventory",
                        "/api",
                        "/api/stores/STORE001/inventory",
                        "/inventory/stores/STORE001/inventory",
                        "/health",
                        "/health/",
                        "/actuator/shutdown",
                        "/error",
                        "/favicon.ico",
                        "/index.html",
                        "/stores/STORE001/inventory/WITNESS/",
                        "/stores/STORE001/inventory/WITNESS/history",
                        "/stores/STORE001/inventory/WITNESS/adjust/x")
                .map(path -> noSuchRoute(path, service -> service.get(path)));
        Stream<BadRequest> posts = Stream.of("/increase", "/adjust/", "/Adjust", "/adjust.json")
                .map(end -> noSuchRoute("POST …" + end, service -> service.post(WITNESS + end, "{\"delta\":1}")));
        Stream<BadRequest> unclear = Stream.of(
                        "/stores//inventory",
                        "//stores",
                        "/stores/./STORE001/inventory",
                        "/stores/STORE001/../STORE001/inventory")
                .map(path -> invalid(path, null, service -> service.get(path)));
        return Stream.of(reads, posts, unclear).flatMap(rows -> rows);
    }

    private static BadRequest noSuchRoute(String name, BadRequest.Sender request) {
        return new BadRequest(name, request, 404, "no-such-route", null);
    }

    private static Stream<BadRequest> methods() {
        Stream<BadRequest> ofRecord = Stream.of("POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
                .flatMap(method -> Stream.of(wrong(method, WITNESS), wrong(method, PAGE)));
        Stream<BadRequest> ofChange = Stream.of("GET", "PUT", "PATCH", "DELETE", "HEADS")
                .flatMap(method -> Stream.of(wrong(method, WITNESS + "/adjust"), wrong(method, WITNESS + "/reserve")));
        Stream<BadRequest> ofHealth = Stream.of("POST", "DELETE")
                .flatMap(
                        method -> Stream.of(wrong(method, "/health/liveness"), wrong(method, "/api/health/readiness")));
        return Stream.of(ofRecord, ofChange, ofHealth).flatMap(rows -> rows);
    }

    private static BadRequest wrong(String method, String path) {
        return new BadRequest(
                method + " " + path,
                service -> service.send(
                        method, path, BodyPublishers.ofString("{\"delta\":1}"), "Content-Type", "application/json"),
                405,
                "method-not-allowed",
                null);
    }
}
