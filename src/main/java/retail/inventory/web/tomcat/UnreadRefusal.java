package retail.inventory.web.tomcat;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import retail.inventory.web.ProblemType;
import retail.inventory.web.Problems;

/**
 * Why the web server refused a request before this service saw it, in words that help its client. Tomcat says no more than a
 * status and, for some, an exception with a text of its own.
 *
 * @param type of the problem, whose status may be a better one than Tomcat's
 * @param detail what to do
 */
record UnreadRefusal(ProblemType type, String detail) {

    /** Looked up, not written here, so that it is the same text in each of Tomcat's languages. */
    private static final String TOO_MANY_BYTES =
            StringManager.getManager(AbstractHttp11Protocol.class).getString("iib.requestheadertoolarge.error");

    private static final String NOT_VALID =
            "The request was refused before it was read: its path, method or headers are not valid. A path must not"
                    + " have a backslash or control characters, nor lead above the root.";

    static UnreadRefusal of(Request request, int status, @Nullable Throwable cause) {
        if (isStopping(request)) {
            return new UnreadRefusal(ProblemType.STOPPING, Problems.STOPPING);
        }
        if (isWithoutVersion(request)) {
            return new UnreadRefusal(
                    ProblemType.HTTP_VERSION_NOT_SUPPORTED, "HTTP/0.9 is not served here: send HTTP/1.1.");
        }
        UnreadRefusal tooLarge = tooLarge(request, cause == null ? null : cause.getMessage());
        if (tooLarge != null) {
            return tooLarge;
        }
        String detail = switch (status) {
            case HttpServletResponse.SC_BAD_REQUEST -> invalid(request);
            case HttpServletResponse.SC_EXPECTATION_FAILED ->
                "Expect may ask for 100-continue and for nothing else: leave it out.";
            case HttpServletResponse.SC_NOT_IMPLEMENTED ->
                "CONNECT".equals(request.getMethod())
                        ? "This is no proxy: CONNECT is not done here."
                        : "Of the transfer codings only chunked is known here: send the body chunked, or with its"
                                + " Content-Length.";
            case HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED ->
                "Only HTTP/1.1 and HTTP/1.0 are served here: send HTTP/1.1.";
            default -> NOT_VALID;
        };
        return new UnreadRefusal(ProblemType.of(status), detail);
    }

    /** HTTP/0.9: a first line without a version, and no headers. */
    static boolean isWithoutVersion(Request request) {
        return "".equals(request.getProtocol());
    }

    private static @Nullable UnreadRefusal tooLarge(Request request, @Nullable String words) {
        if (!(request.getConnector().getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol)) {
            return null;
        }
        int bytes = protocol.getMaxHttpRequestHeaderSize();
        int headers = protocol.getMaxHeaderCount();
        if (TOO_MANY_BYTES.equals(words)) {
            return request.getRequestURI() == null
                    ? new UnreadRefusal(
                            ProblemType.URI_TOO_LONG, "The path and query have more than " + bytes + " bytes.")
                    : new UnreadRefusal(
                            ProblemType.HEADERS_TOO_LARGE,
                            "The first line and the headers have more than " + bytes + " bytes in all: send fewer or"
                                    + " shorter headers, cookies above all.");
        }
        String tooManyHeaders = StringManager.getManager(MimeHeaders.class).getString("headers.maxCountFail", headers);
        return tooManyHeaders.equals(words)
                ? new UnreadRefusal(
                        ProblemType.HEADERS_TOO_LARGE, "There are more than " + headers + " headers: send fewer.")
                : null;
    }

    private static String invalid(Request request) {
        if (request.getCoyoteRequest().getAttribute(HttpProcessor.BAD_HOST) != null) {
            return "The Host header must be the name of a host or its address, with or without a port.";
        }
        if (request.getCoyoteRequest().getAttribute(HttpProcessor.TWO_LENGTHS) != null) {
            return "The body must have a Content-Length or a Transfer-Encoding, not both.";
        }
        if (request.getRequestURI() != null) {
            return NOT_VALID;
        }
        @Nullable String method = request.getMethod();
        return method == null || method.isEmpty()
                ? "The first line of the request is not valid: it must be a method, a path and HTTP/1.1."
                : "The path or the query has characters that must be percent-encoded there, as UTF-8: anything but"
                        + " ASCII, and of that controls, spaces and, in a path, any of \"<>[\\]^`{|}.";
    }

    /**
     * Tomcat reads no headers of a request that comes while it is paused, then misses the {@code Host} among them and
     * makes its own 503 a 400: its client would take a stop for a mistake of its own and not try again.
     */
    private static boolean isStopping(Request request) {
        return request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
                && protocol.isPaused();
    }
}
