package retail.inventory.sweep;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One request.
 *
 * @param seed makes it again
 * @param text all of it, a character for each byte
 */
record SweepRequest(long seed, String text) {

    private static final List<String> METHODS = List.of(
            "GET",
            "GET",
            "GET",
            "GET",
            "POST",
            "POST",
            "POST",
            "POST",
            "HEAD",
            "OPTIONS",
            "PUT",
            "PATCH",
            "DELETE",
            "TRACE",
            "CONNECT",
            "BREW",
            "get",
            "G@T",
            "PROPFIND",
            "M".repeat(50));

    private static final List<String> VERSIONS =
            List.of("HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTX/1.1", "HTTP/1.1x", "");

    static SweepRequest of(long seed) {
        Choice choice = new Choice(seed);
        if (choice.oneIn(2)) {
            return new SweepRequest(seed, oneThingOdd(choice));
        }
        String method = choice.of(METHODS);
        String version = choice.oneIn(40) ? choice.of(VERSIONS) : "HTTP/1.1";
        StringBuilder request = new StringBuilder();
        if (choice.oneIn(200)) {
            request.append("\r\n");
        }
        request.append(method)
                .append(' ')
                .append(Targets.some(choice))
                .append(' ')
                .append(version)
                .append("\r\n");
        if (!choice.oneIn(50)) {
            request.append("Host: localhost\r\n");
        }
        request.append(Headers.some(choice));
        boolean hasBody = method.equals("POST") || choice.oneIn(8);
        request.append(hasBody ? Bodies.some(choice) : "\r\n");
        return new SweepRequest(seed, request.toString());
    }

    /** A request that is right, but for one thing at most: what is behind the first refusal is reached by this. */
    private static String oneThingOdd(Choice choice) {
        int odd = choice.below(6);
        boolean change = choice.oneIn(3);
        String target = odd == 0 ? Targets.some(choice) : change ? Targets.change(choice) : Targets.read(choice);
        String method =
                odd == 1 ? choice.of(METHODS) : change ? "POST" : choice.of("GET", "GET", "GET", "HEAD", "OPTIONS");
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n";
        String headers = odd < 2 ? "" : Headers.one(choice);
        String body = odd == 2 && change ? Bodies.some(choice) : change ? Bodies.right(choice, target) : "\r\n";
        return head + headers + body;
    }

    /** Whether its answer must have no body. */
    boolean isHead() {
        return text.stripLeading().startsWith("HEAD ");
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        String shown = text.replace("\r", "\\r").replace("\n", "\\n\n");
        return "-Dinventory.sweep=1 -Dinventory.sweep.seed=" + seed + "\n"
                + (shown.length() > 3000 ? shown.substring(0, 3000) + "…" : shown);
    }
}
