package retail.inventory.web.tomcat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import retail.inventory.web.AdmissionFilter;
import retail.inventory.web.RequestFilter;
import retail.inventory.web.RequestPath;

/**
 * With a {@link ManagementPort}: actuator is served there and nowhere else, health and our own metrics there as well, and
 * nothing but these.
 */
final class ManagementPortFilter extends RequestFilter {

    private static final String ACTUATOR = "/actuator";

    private static final String NOTHING = "Nothing is served at this path of this port";

    private final ManagementPort port;

    ManagementPortFilter(ManagementPort port) {
        this.port = port;
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RequestPath path = RequestPath.of(request);
        boolean served = port.isOf(request) ? AdmissionFilter.isAboutTheService(path) : !path.isOrIsBelow(ACTUATOR);
        if (served) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, NOTHING);
        }
    }
}
