package retail.inventory.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Refuses a path that can be read in two ways ({@link RequestPath}), and a request that announces too large a body. One of a length that is not announced is bounded where it is read, in
 * {@link BufferedBody}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class BodyLimitFilter extends RequestFilter {

    /** Far above any valid body, which has two numbers. */
    static final int BODY_BYTES_MAX = 4 * 1024;

    static final String TOO_LARGE = "The body has more than " + BODY_BYTES_MAX + " bytes";

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String fault = RequestPath.of(request).fault();
        if (fault != null) {
            Problems.send(ProblemType.INVALID_REQUEST, fault, request, response);
        } else if (request.getContentLengthLong() > BODY_BYTES_MAX) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, TOO_LARGE);
        } else {
            chain.doFilter(request, response);
        }
    }
}
