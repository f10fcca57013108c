package retail.inventory.acceptance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding, as clients do it. */
final class Encoded {

    private Encoded() {}

    /** A text as a segment of a path, or as a value in a query. */
    static String text(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
