package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.springframework.http.HttpHeaders;

/** How long {@code Accept} may be: to compare a list of hundreds costs more than most requests cost in all. */
final class AcceptLength {

    static final String TOO_LONG =
            "Accept must have 256 characters at most. Send application/json, or no Accept at all.";

    /** Browsers send half of it. */
    private static final int MOST = 256;

    /** Prometheus sends more. */
    private static final int MOST_FOR_METRICS = 1024;

    private AcceptLength() {}

    /** Whether all lines of the header together are short enough. */
    static boolean isFine(HttpServletRequest request, boolean forMetrics) {
        if (request.getHeader(HttpHeaders.ACCEPT) == null) {
            return true;
        }
        int length = 0;
        Enumeration<String> lines = request.getHeaders(HttpHeaders.ACCEPT);
        while (lines.hasMoreElements()) {
            length += lines.nextElement().length();
        }
        return length <= (forMetrics ? MOST_FOR_METRICS : MOST);
    }
}
