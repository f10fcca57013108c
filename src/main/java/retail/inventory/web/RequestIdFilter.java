package retail.inventory.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives every request an id: the client's when it is sane, else a new one; in the response and in every log line. When the
 * request has ended, its meter ({@link RequestMetrics}) is told, and the log ({@link RequestLog}), which writes the last of
 * these lines if it was rejected or slow.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
@FilterRegistration(dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR})
public class RequestIdFilter extends RequestFilter {

    public static final String HEADER = "X-Request-Id";
    static final String MDC_KEY = "requestId";

    private static final String SEEN = RequestIdFilter.class.getName() + ".seen";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final RequestLog log;
    private final RequestMetrics metrics;

    RequestIdFilter(RequestLog log, RequestMetrics metrics) {
        this.log = log;
        this.metrics = metrics;
    }

    /** The id to use for what the client sent, which may be nothing or anything. */
    public static String idFor(@Nullable String sent) {
        return sent != null && SANE.matcher(sent).matches() ? sent : newId();
    }

    /** Of the form of a random UUID; nobody has to be unable to guess it, so it needs no secure random numbers. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long version4 = (random.nextLong() & ~0xF000L) | 0x4000;
        long variant = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(version4, variant).toString();
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // An error dispatch keeps the id its request was given.
        String id = idFor(response.getHeader(HEADER) == null ? request.getHeader(HEADER) : response.getHeader(HEADER));
        response.setHeader(HEADER, id);
        MDC.put(MDC_KEY, id);
        long start = System.nanoTime();
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, response);
            status = BufferedBody.RefusedBodyException.status(request, response);
        } finally {
            // One that the web server refused by itself is seen as the error it became, and only as that.
            if (request.getAttribute(SEEN) == null) {
                request.setAttribute(SEEN, true);
                long end = System.nanoTime();
                metrics.ended(request, response, status, start, end);
                log.ended(request, response, status, end - start);
            }
            MDC.remove(MDC_KEY);
        }
    }
}
