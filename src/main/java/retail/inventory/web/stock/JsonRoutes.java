package retail.inventory.web.stock;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import retail.inventory.web.AcceptedTypes;
import retail.inventory.web.AllowedMethods;
import retail.inventory.web.RequestFilter;
import retail.inventory.web.RequestMetrics;
import tools.jackson.databind.json.JsonMapper;

/**
 * Routes that are answered ahead of Spring MVC, whose way from a request to a method takes more time than all the rest; what is
 * thrown becomes a problem as it does there.
 */
abstract class JsonRoutes extends RequestFilter {

    private final HandlerExceptionResolver errors;
    private final JsonMapper json;

    JsonRoutes(HandlerExceptionResolver errors, JsonMapper json) {
        this.errors = errors;
        this.json = json;
    }

    /** Answers a request by a method that its route takes. */
    @FunctionalInterface
    interface Answering {
        void run() throws ServletException, IOException;
    }

    /**
     * Answers a request.
     *
     * @param pattern its path with names in place of ids
     * @param methods those its path takes
     * @param taken whether its own is one of them
     */
    void answer(
            String pattern,
            List<String> methods,
            boolean taken,
            HttpServletRequest request,
            HttpServletResponse response,
            Answering action)
            throws ServletException, IOException {
        RequestMetrics.route(request, pattern);
        try {
            if (request.getMethod().equals("OPTIONS")) {
                response.setHeader(HttpHeaders.ALLOW, AllowedMethods.header(methods));
                return;
            }
            if (!taken) {
                throw new HttpRequestMethodNotSupportedException(request.getMethod(), methods);
            }
            AcceptedTypes.requireJson(request);
            action.run();
        } catch (ServletException | RuntimeException e) {
            if (errors.resolveException(request, response, null, e) == null) {
                throw e;
            }
        }
    }

    /** Nothing happened now: it had happened before. */
    static void replayed(HttpServletResponse response) {
        response.setHeader("Idempotency-Replayed", "true");
    }

    /** One write to the socket: the length is known before. */
    void write(HttpServletResponse response, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
