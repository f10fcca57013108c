package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Which pages of other origins may use the service from a browser, and what their browsers are told (CORS). */
final class CrossOrigin {

    /** What a page may read of an answer beside its body. */
    private static final String EXPOSED =
            "ETag, Location, Idempotency-Replayed, RateLimit, RateLimit-Policy, Retry-After," + " X-Request-Id, Allow";

    /** What a page may send. Credentials are for gateways in front; nothing here reads them. */
    private static final String ACCEPTED =
            "Accept, Authorization, Cache-Control, Content-Type, Idempotency-Key, If-Match,"
                    + " If-None-Match, Last-Event-ID, X-Api-Key, X-Request-Id, traceparent, tracestate";

    private static final String REMEMBERED_SECONDS = "3600";

    private final Set<String> origins;

    /**
     * Origins that are let in.
     *
     * @param commaSeparated {@code CORS_ORIGINS}; none when it is empty
     */
    CrossOrigin(String commaSeparated) {
        this.origins = Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .map(CrossOrigin::asBrowsersSendIt)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** In lower case and without the port that goes without saying. */
    private static String asBrowsersSendIt(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.replaceFirst(lower.startsWith("https:") ? ":443$" : ":80$", "");
    }

    /** Whether a browser asks what it may do, before it does it. */
    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader(HttpHeaders.ORIGIN) != null
                && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }

    boolean allows(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }

    /** Before a request is handled: who may read its answer. */
    void begin(HttpServletRequest request, HttpServletResponse response) {
        if (origins.isEmpty()) {
            return;
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (allows(origin)) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }

    /** After a preflight was answered as any question about methods is, with {@code Allow}: the same in the words of CORS. */
    void endPreflight(HttpServletRequest request, HttpServletResponse response) {
        String methods = response.getHeader(HttpHeaders.ALLOW);
        if (methods != null && allows(request.getHeader(HttpHeaders.ORIGIN))) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ACCEPTED);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, REMEMBERED_SECONDS);
        }
    }
}
