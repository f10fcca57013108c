package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a request shows of who sends it: {@code Authorization: Bearer}, or {@code X-Api-Key} for clients that have always sent
 * that. Never anything in the URL, which proxies and browsers write down.
 */
final class Credentials {

    static final String API_KEY = "X-Api-Key";

    /** Stands for more than one, of which nobody can say which counts. */
    static final String AMBIGUOUS = "";

    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /** The text; null when there is none, {@link #AMBIGUOUS} when there are several. Of another scheme all of it. */
    static @Nullable String of(HttpServletRequest request) {
        String authorization = single(request, HttpHeaders.AUTHORIZATION);
        String apiKey = single(request, API_KEY);
        if (authorization == null) {
            return apiKey;
        }
        String text = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : authorization;
        return apiKey == null || apiKey.equals(text) ? text : AMBIGUOUS;
    }

    private static @Nullable String single(HttpServletRequest request, String name) {
        Enumeration<String> lines = request.getHeaders(name);
        if (!lines.hasMoreElements()) {
            return null;
        }
        String first = lines.nextElement();
        return lines.hasMoreElements() ? AMBIGUOUS : first.strip();
    }
}
