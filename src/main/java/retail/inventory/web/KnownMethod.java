package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The method of a request, for a log, a meter or a span: as anything may stand there, only those that are methods. */
final class KnownMethod {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private KnownMethod() {}

    /** The request's method if it is one of HTTP's that somebody may send here, else the other word. */
    static String of(HttpServletRequest request, String otherwise) {
        @Nullable String method = request.getMethod(); // null when the web server could not read the first line
        return method != null && METHODS.contains(method) ? method : otherwise;
    }
}
