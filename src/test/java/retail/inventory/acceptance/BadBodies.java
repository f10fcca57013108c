package retail.inventory.acceptance;

import static retail.inventory.acceptance.BadRequest.invalid;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bodies that are not what a change needs. */
final class BadBodies {

    private static final String ADJUST = RunningService.path(BadInputTest.STORE, BadInputTest.WITNESS) + "/adjust";
    private static final String RESERVE = RunningService.path(BadInputTest.STORE, BadInputTest.WITNESS) + "/reserve";
    private static final int TWO_MB = 2 * 1024 * 1024;

    private BadBodies() {}

    static Stream<BadRequest> rows() {
        return Stream.of(notTheObject(), numbers(), versions(), octets(), sizes(), mediaTypes())
                .flatMap(rows -> rows);
    }

    private static Stream<BadRequest> notTheObject() {
        return Stream.concat(
                Stream.of(
                                "",
                                " ",
                                "null",
                                "[]",
                                "[{\"delta\":1}]",
                                "\"x\"",
                                "\"\"",
                                "1",
                                "true",
                                "{\"delta\":1",
                                "{\"delta\":}",
                                "{\"delta\":1}x",
                                "{\"delta\":1}{\"delta\":1}",
                                "{\"delta\":1,}",
                                "{delta:1}",
                                "{'delta':1}",
                                "{\"delta\":1}/*c*/",
                                "delta=1",
                                "{\"delta\":01}",
                                "{\"delta\":+1}",
                                "{\"delta\":0x1}",
                                "{\"delta\":NaN}",
                                "{\"delta\":1,\"delta\":1}",
                                "{\"delta\":2,\"delta\":1}",
                                "<delta>1</delta>")
                        .map(body -> json(ADJUST, body, null)),
                Stream.of(
                        json(ADJUST, "{\"delta\":1,\"quantity\":1}", "quantity"),
                        json(ADJUST, "{\"delta\":1,\"qty\":1}", "qty"),
                        json(ADJUST, "{\"delta\":1,\"Delta\":1}", "Delta"),
                        json(ADJUST, "{\"delta\":1,\"\":1}", null),
                        json(ADJUST, "{\"qty\":1}", "qty"),
                        json(RESERVE, "{\"delta\":1}", "delta"),
                        json(ADJUST, "{}", "delta"),
                        json(RESERVE, "{}", "qty")));
    }

    private static Stream<BadRequest> numbers() {
        Stream<String> inBoth = Stream.of(
                "0",
                "-0",
                "1.5",
                "1.0000001",
                "0.0",
                "1e-2",
                "1e16",
                "1e999999999",
                "1e-999999999",
                "1e99999999999",
                "1e400",
                "-1e400",
                "1e-400",
                "\"1\"",
                "\"\"",
                "\" \"",
                "null",
                "true",
                "false",
                "[1]",
                "[]",
                "{}",
                "{\"value\":1}",
                "9007199254740992",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999",
                "18446744073709551617",
                "9".repeat(400));
        return Stream.of(
                        inBoth.flatMap(number -> Stream.of(
                                json(ADJUST, "{\"delta\":" + number + "}", "delta"),
                                json(RESERVE, "{\"qty\":" + number + "}", "qty"))),
                        Stream.of("-9007199254740992", "-9223372036854775808", "-99999999999999999999")
                                .map(number -> json(ADJUST, "{\"delta\":" + number + "}", "delta")),
                        Stream.of("-1", "-9007199254740991", "-9223372036854775808")
                                .map(number -> json(RESERVE, "{\"qty\":" + number + "}", "qty")))
                .flatMap(rows -> rows);
    }

    private static Stream<BadRequest> versions() {
        return Stream.of(
                        "-1",
                        "1.5",
                        "1.25",
                        "1e-1",
                        "1e19",
                        "-1.0",
                        "\"1\"",
                        "\"\"",
                        "true",
                        "[1]",
                        "9223372036854775808",
                        "99999999999999999999",
                        "1e400")
                .flatMap(version -> Stream.of(
                        json(ADJUST, "{\"delta\":1,\"expectedVersion\":" + version + "}", "expectedVersion"),
                        json(RESERVE, "{\"expectedVersion\":" + version + ",\"qty\":1}", "expectedVersion")));
    }

    private static Stream<BadRequest> octets() {
        return Stream.of(
                latin1("a byte that is no UTF-8", "{\"delta\":1,\"\u00ff\":1}"),
                latin1("an overlong slash", "{\"delta\":1,\"\u00c0\u00af\":1}"),
                latin1("half a character", "{\"delta\":1,\"\u00c3"),
                latin1("a NUL behind the body", "{\"delta\":1}\u0000"),
                json(ADJUST, "[".repeat(4_000), null),
                json(ADJUST, "{\"delta\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}", "delta"),
                json(ADJUST, "{\"delta\":1,\"a\":" + "{\"a\":".repeat(600) + "1" + "}".repeat(601), null),
                json(ADJUST, "{\"delta\":1,\"" + "n".repeat(4_000) + "\":1}", null),
                json(ADJUST, "{\"delta\":1,\"" + "n".repeat(2_000) + "\":1}", null),
                json(ADJUST, "{\"delta\":" + "1".repeat(4_000) + "}", null),
                json(ADJUST, "{\"delta\":1." + "0".repeat(4_000) + "}", null),
                json(ADJUST, "{\"delta\":1e" + "9".repeat(4_000) + "}", null),
                json(ADJUST, "{\"delta\":NaN}", null),
                json(RESERVE, "{\"qty\":Infinity}", null),
                json(ADJUST, "{\"delta\":1,\"\\ud800\":1}", null));
    }

    private static Stream<BadRequest> sizes() {
        String big = "{\"delta\":1" + " ".repeat(TWO_MB) + "}";
        byte[] octets = big.getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                tooLarge("2 MB with Content-Length", BodyPublishers.ofByteArray(octets)),
                tooLarge("2 MB in chunks", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(octets))),
                tooLarge("2 MB of text", BodyPublishers.ofString("\"" + "x".repeat(TWO_MB) + "\"")));
    }

    private static BadRequest tooLarge(String name, BodyPublisher body) {
        return new BadRequest(
                name,
                service -> service.send("POST", ADJUST, body, "Content-Type", "application/json"),
                413,
                "body-too-large",
                null);
    }

    private static Stream<BadRequest> mediaTypes() {
        Stream<BadRequest> wrong = Stream.of(
                        "text/plain",
                        "application/xml",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data; boundary=x",
                        "application/octet-stream",
                        "application/json;charset=no-such-charset",
                        "nonsense",
                        "application/",
                        "")
                .map(type -> unsupported("Content-Type '" + type + "'", "Content-Type", type));
        return Stream.concat(wrong, Stream.of(unsupported("no Content-Type")));
    }

    private static BadRequest unsupported(String name, String... headers) {
        return new BadRequest(
                name,
                service -> service.send("POST", ADJUST, BodyPublishers.ofString("{\"delta\":1}"), headers),
                415,
                "unsupported-media-type",
                null);
    }

    private static BadRequest json(String path, String body, @Nullable String field) {
        String shown = body.length() > 60 ? body.substring(0, 60) + "… of " + body.length() : body;
        return invalid("body '" + shown + "'", field, service -> service.post(path, body));
    }

    private static BadRequest latin1(String name, String body) {
        return invalid(
                name,
                null,
                service -> service.send(
                        "POST",
                        ADJUST,
                        BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1),
                        "Content-Type",
                        "application/json"));
    }
}
