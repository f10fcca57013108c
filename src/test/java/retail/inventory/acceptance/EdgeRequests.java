package retail.inventory.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Requests that are refused before any code of the service sees them. */
final class EdgeRequests {

    static final String SKU = "/stores/STORE001/inventory/EDGE";
    static final String JSON = "Content-Type: application/json\n";
    static final String HOST = "Host: localhost\nConnection: close\n";

    private EdgeRequests() {}

    /** A request, and the status and type due. */
    record Refused(String name, String request, int status, String slug) {
        @Override
        public String toString() {
            return status + " " + name;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(targets(), firstLines(), headers(), bodies()).flatMap(some -> some);
    }

    private static Stream<Refused> targets() {
        return Stream.of(
                        "/A|B",
                        "/A{1}",
                        "/A\"B",
                        "/A[1]",
                        "/A\\B",
                        "/A^B",
                        "/A`B",
                        "/A<B>",
                        "/\u00c3\u00a4",
                        "//A",
                        "/./A",
                        "/%2E%2e/A",
                        "/A%C0%AFB",
                        "/A%E2%82",
                        "/A%00B",
                        "/A%zz",
                        "/A;b=1",
                        "?a[]=1",
                        "?limit|=1",
                        "?x={1}",
                        "?\"=1",
                        "?limit=1&\u00c3\u00a4=1",
                        "?%5B%5D=1")
                .flatMap(end -> Stream.of("GET", "POST")
                        .map(method -> new Refused(
                                method + " …" + end,
                                method + " /stores/STORE001/inventory" + end + " HTTP/1.1\n" + HOST + "\n",
                                0,
                                "")))
                .filter(each -> each.request.startsWith("GET") || !each.request.contains("?"))
                .map(each -> new Refused(each.name, each.request, 400, "invalid-request"));
    }

    private static Stream<Refused> firstLines() {
        return Stream.of(
                new Refused(
                        "version 2.0", "GET " + SKU + " HTTP/2.0\n" + HOST + "\n", 505, "http-version-not-supported"),
                new Refused(
                        "version 1.2", "GET " + SKU + " HTTP/1.2\n" + HOST + "\n", 505, "http-version-not-supported"),
                new Refused("no version", "GET " + SKU + "\n", 505, "http-version-not-supported"),
                new Refused(
                        "a version that is none", "GET " + SKU + " HTTX/1.1\n" + HOST + "\n", 400, "invalid-request"),
                new Refused(
                        "a method that is none", "G@T " + SKU + " HTTP/1.1\n" + HOST + "\n", 400, "invalid-request"),
                new Refused("no path", "GET // HTTP/1.1\n" + HOST + "\n", 400, "invalid-request"),
                new Refused("CONNECT", "CONNECT localhost:1 HTTP/1.1\n" + HOST + "\n", 501, "not-implemented"),
                new Refused("TRACE", "TRACE " + SKU + " HTTP/1.1\n" + HOST + "\n", 405, "method-not-allowed"),
                new Refused(
                        "a long path", "GET /" + "a".repeat(9000) + " HTTP/1.1\n" + HOST + "\n", 414, "uri-too-long"));
    }

    private static Stream<Refused> headers() {
        return Stream.of(
                get("a long header", "Cookie: a=" + "b".repeat(8300) + "\n", 431, "headers-too-large"),
                get("many headers", "A: b\n".repeat(101), 431, "headers-too-large"),
                get("another expectation", "Expect: 200-ok\n", 417, "expectation-failed"),
                get("a header that is none", "A b: c\n", 400, "invalid-request"),
                get("two lengths", "Content-Length: 1\nContent-Length: 2\n", 400, "invalid-request"),
                get("a length that is none", "Content-Length: x\n", 400, "invalid-request"),
                get(
                        "a length beside a coding",
                        "Content-Length: 5\nTransfer-Encoding: chunked\n",
                        400,
                        "invalid-request"),
                get("two hosts", "Host: a\n", 400, "invalid-request"));
    }

    private static Stream<Refused> bodies() {
        String utf16 = new String("{\"delta\":1}".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        String utf16WithMark =
                new String("{\"delta\":1}".getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1);
        String utf32 = new String(
                "{\"delta\":1}".getBytes(java.nio.charset.Charset.forName("UTF-32")), StandardCharsets.ISO_8859_1);
        Stream<Refused> json = Stream.of(utf16, utf16WithMark, utf32)
                .flatMap(body -> Stream.of(
                                "application/json",
                                "application/json;charset=UTF-16",
                                "application/json;charset=UTF-32")
                        .map(type -> post(
                                "UTF-16 or 32, " + type,
                                "Content-Type: " + type + "\n",
                                body,
                                400,
                                "invalid-request")));
        Stream<Refused> others = Stream.of(
                post("gzip", JSON + "Content-Encoding: gzip\n", "\u001f\u008b\u0008", 415, "unsupported-media-type"),
                post("called gzip", JSON + "Content-Encoding: gzip\n", "{\"delta\":1}", 415, "unsupported-media-type"),
                post(
                        "called br",
                        JSON + "Content-Encoding: identity, br\n",
                        "{\"delta\":1}",
                        415,
                        "unsupported-media-type"),
                post(
                        "a form",
                        "Content-Type: application/x-www-form-urlencoded\n",
                        "delta=%zz",
                        415,
                        "unsupported-media-type"),
                post("a bad multipart", "Content-Type: multipart/form-data\n", "--x", 415, "unsupported-media-type"),
                post("a type that is none", "Content-Type: ;;\n", "{\"delta\":1}", 415, "unsupported-media-type"),
                post("any type", "Content-Type: */*\n", "{\"delta\":1}", 415, "unsupported-media-type"),
                post(
                        "a charset that is none",
                        "Content-Type: application/json;charset=x-none\n",
                        "{\"delta\":1}",
                        415,
                        "unsupported-media-type"),
                post("an unknown coding", JSON + "Transfer-Encoding: gzip, chunked\n", "", 501, "not-implemented"),
                new Refused(
                        "a chunk that is none",
                        "POST " + SKU + "/adjust HTTP/1.1\n" + HOST + JSON + "Transfer-Encoding: chunked\n\nzz\n",
                        400,
                        "invalid-request"));
        return Stream.concat(json, others);
    }

    private static Refused get(String name, String headers, int status, String slug) {
        return new Refused(name, "GET " + SKU + " HTTP/1.1\n" + HOST + headers + "\n", status, slug);
    }

    private static Refused post(String name, String headers, String body, int status, String slug) {
        return new Refused(
                name,
                "POST " + SKU + "/adjust HTTP/1.1\n" + HOST + headers
                        + (headers.contains("Transfer-Encoding") ? "" : "Content-Length: " + body.length() + "\n")
                        + "\n" + body,
                status,
                slug);
    }
}
