package retail.inventory.sweep;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies as bytes, one character for each, and the ways they are sent. */
final class Bodies {

    private static final List<String> TEXTS = List.of(
            "{\"delta\":1}",
            "{\"delta\":1}",
            "{\"delta\":-1}",
            "{\"delta\":1,\"expectedVersion\":1}",
            "{\"qty\":1}",
            "{\"qty\":1}",
            "{\"qty\":99999}",
            "{\"delta\":0}",
            "{\"delta\":1.5}",
            "{\"delta\":1e400}",
            "{\"delta\":\"1\"}",
            "{\"delta\":null}",
            "{\"delta\":9007199254740993}",
            "{\"delta\":1,\"delta\":2}",
            "{\"x\":1}",
            "{}",
            "[]",
            "null",
            "1",
            "\"a\"",
            "",
            " ",
            "{",
            "{\"delta\"",
            "{\"delta\":1}x",
            "[".repeat(2000),
            "{\"delta\":" + "9".repeat(3000) + "}",
            "{\"\\ud800\":1}",
            "{\"configuredLevel\":\"OFF\"}",
            "a=b&c=%zz",
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--",
            "\u00ef\u00bb\u00bf{\"delta\":1}",
            "\u001f\u008b\u0008\u0000",
            "{\"delta\":1}\u0000",
            "<xml/>");

    private Bodies() {}

    /** The last header lines, the empty line and the body. */
    static String some(Choice choice) {
        String body = text(choice);
        String type = choice.oneIn(8) ? "" : "Content-Type: application/json\r\n";
        return switch (choice.below(12)) {
            case 0 -> type + "Transfer-Encoding: chunked\r\n\r\n" + chunked(choice, body);
            case 1 ->
                type + "Content-Length: " + (body.length() + choice.of(List.of(1, 100, 100_000_000))) + "\r\n\r\n"
                        + body;
            case 2 -> type + "\r\n" + body;
            case 3 -> type + "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            case 4 ->
                type + "Content-Length: " + body.length() + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunked(choice, body);
            default -> type + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        };
    }

    /** A body that a change takes. */
    static String right(Choice choice, String target) {
        String body = target.contains("/adjust")
                ? choice.of("{\"delta\":1}", "{\"delta\":2}")
                : target.contains("/reserve") ? "{\"qty\":1}" : "";
        return "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String text(Choice choice) {
        return switch (choice.below(20)) {
            case 0 -> choice.rubbish(200);
            case 1 ->
                new String(
                        choice.of(TEXTS).getBytes(Charset.forName(choice.of("UTF-16", "UTF-16LE", "UTF-32"))),
                        StandardCharsets.ISO_8859_1);
            case 2 ->
                choice.oneIn(5) ? "{\"delta\":1" + " ".repeat(70_000) + "}" : "{\"delta\":1" + " ".repeat(5_000) + "}";
            default -> choice.of(TEXTS);
        };
    }

    private static String chunked(Choice choice, String body) {
        String size = Integer.toHexString(body.length());
        String first = body.isEmpty() ? "" : size + "\r\n" + body + "\r\n";
        return switch (choice.below(10)) {
            case 0 -> first; // never ended
            case 1 -> first + "zz\r\n";
            case 2 -> size + ";a=b\r\n" + body + "\r\n0\r\n\r\n";
            case 3 -> first + "0\r\nA: b\r\nContent-Length: 5\r\n\r\n";
            case 4 -> "-1\r\n" + body;
            case 5 -> "fffffffff\r\n" + body;
            case 6 -> first + "0\r\n" + choice.rubbish(20);
            default -> first + "0\r\n\r\n";
        };
    }
}
