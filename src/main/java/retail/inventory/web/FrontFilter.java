package retail.inventory.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Whom the service answers as, and which pages in a browser it answers: {@link AllowedHosts}, {@link CrossOrigin}. Nobody is
 * asked who he is on a loopback address, so there a page of another origin must not change anything.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class FrontFilter extends RequestFilter {

    private final AllowedHosts hosts;
    private final CrossOrigin crossOrigin;

    FrontFilter(WebConfiguration.WebProperties properties) {
        this.hosts = new AllowedHosts(properties.host(), properties.allowedHosts());
        this.crossOrigin = new CrossOrigin(properties.corsOrigins());
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getHeader(HttpHeaders.HOST);
        // None comes from checks by HTTP/1.0, never from a browser.
        if (host != null && !host.isEmpty() && !hosts.allow(request.getServerName())) {
            Problems.send(
                    ProblemType.FOREIGN_HOST,
                    "This service does not answer as " + Problems.shown(request.getServerName())
                            + ": ask for localhost or 127.0.0.1, or name the host in its setting ALLOWED_HOSTS.",
                    request,
                    response);
            return;
        }
        crossOrigin.begin(request, response);
        if (hosts.areLocal() && changesSomething(request) && isOfAForeignPage(request)) {
            Problems.send(
                    ProblemType.FOREIGN_ORIGIN,
                    "Nothing was changed: by what the browser says, this comes from a page of another origin than the"
                            + " service's own, which its setting CORS_ORIGINS does not name.",
                    request,
                    response);
        } else if (CrossOrigin.isPreflight(request)) {
            chain.doFilter(new AboutMethods(request), response);
            crossOrigin.endPreflight(request, response);
        } else {
            chain.doFilter(request, isAboutMethods(request) ? response : new WholeResponse(response));
        }
    }

    /** Spring's servlet adds methods of its own to an answer that is not on its way yet. */
    private static boolean isAboutMethods(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS");
    }

    private static boolean changesSomething(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }

    /** By what browsers say of the page; programs say nothing. */
    private boolean isOfAForeignPage(HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (crossOrigin.allows(origin)) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return "cross-site".equals(site)
                || "same-site".equals(site)
                || (origin != null && !isOwn(origin, request) && !("same-origin".equals(site) && isListed(origin)));
    }

    private static boolean isOwn(String origin, HttpServletRequest request) {
        return origin.equalsIgnoreCase(request.getScheme() + "://" + request.getHeader(HttpHeaders.HOST));
    }

    /** Whether it is the name of a proxy, which the service does not see in {@code Host} when the proxy puts another there. */
    private boolean isListed(String origin) {
        try {
            @Nullable String host = URI.create(origin).getHost();
            return host != null && hosts.list(host);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** A preflight as the plain question it is: Spring answers preflights with what it could do, not what the route takes. */
    private static final class AboutMethods extends HttpServletRequestWrapper {
        AboutMethods(HttpServletRequest preflight) {
            super(preflight);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) ? null : super.getHeader(name);
        }
    }
}
