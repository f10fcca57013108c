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
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
class BodyLimitFilter extends RequestFilter {

    /** Far above any valid body, which has two numbers. */
    static final int BODY_BYTES_MAX = 4 * 1024;

    /** Of a hold, which may have a hundred lines. */
    static final int HOLD_BYTES_MAX = 256 * 1024;

    /** How many bytes the body of a request may have. */
    static int bytesMax(HttpServletRequest request) {
        return HoldRoute.of(RequestPath.of(request), request.getMethod()) == null ? BODY_BYTES_MAX : HOLD_BYTES_MAX;
    }

    static String tooLarge(int bytesMax) {
        return "The body has more than " + bytesMax + " bytes";
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String fault = RequestPath.of(request).fault();
        if (fault != null) {
            Problems.send(ProblemType.INVALID_REQUEST, fault, request, response);
        } else if (request.getContentLengthLong() > bytesMax(request)) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, tooLarge(bytesMax(request)));
        } else {
            chain.doFilter(request, response);
        }
    }
}
