package retail.inventory.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Refuses a body in a coding that nobody here undoes, before it is read, and one of a type that is none. Otherwise a
 * compressed body is called broken JSON, one that is only labelled so is taken, and a wildcard for a type is a defect of
 * whatever part of the framework copies it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class RequestFormFilter extends RequestFilter {

    private static final String IDENTITY = "identity";

    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS");

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!WITHOUT_BODY.contains(request.getMethod()) && isCoded(request)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            response.sendError(
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                    "Nothing was changed: send the body as it is, without Content-Encoding");
        } else if (isWildcard(request.getContentType())) {
            response.sendError(
                    HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "Send the body as Content-Type: application/json");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isWildcard(@Nullable String contentType) {
        return contentType != null && contentType.indexOf('*') >= 0;
    }

    private static boolean isCoded(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.CONTENT_ENCODING) != null
                && Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                        .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(IDENTITY));
    }
}
