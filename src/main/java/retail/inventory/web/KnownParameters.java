package retail.inventory.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Refuses query parameters that a route does not know, and those that come twice. Which it knows its handler says
 * ({@link QueryParameters}), for each route, also those of others' endpoints.
 */
public final class KnownParameters implements HandlerInterceptor {

    private static final String KNOWN = KnownParameters.class.getName();

    /** Of the actuator's endpoints, whose methods are not ours; these may come more than once. */
    private static final Map<String, List<String>> OF_ACTUATOR = Map.of(
            "/actuator/metrics/{requiredMetricName}", List.of("tag"),
            "/actuator/prometheus", List.of("includedNames"));

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // A preflight has the query of the request it asks for; an error that of the request it is about.
        if (!(handler instanceof HandlerMethod method)
                || request.getDispatcherType() != DispatcherType.REQUEST
                || request.getMethod().equals("OPTIONS")
                || method.getBean() instanceof ErrorController) {
            return true;
        }
        QueryParameters own = method.getMethodAnnotation(QueryParameters.class);
        List<String> repeatable = OF_ACTUATOR.getOrDefault(
                String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)), List.of());
        List<String> known = own == null ? repeatable : List.of(own.value());
        requireKnown(request, known, repeatable);
        return true;
    }

    private static void requireKnown(HttpServletRequest request, List<String> known, List<String> repeatable) {
        request.setAttribute(KNOWN, known);
        if (request.getQueryString() != null) {
            request.getParameterMap().forEach((name, values) -> {
                if (!known.contains(name)) {
                    throw unknown(name, known);
                }
                if (values.length > 1 && !repeatable.contains(name)) {
                    throw ProblemException.invalid(name, name + " must not be sent twice");
                }
            });
        }
    }

    /** Refuses all but these, each of which may come once, for a route that has no handler of Spring MVC. */
    public static void require(HttpServletRequest request, List<String> known) {
        if (request.getQueryString() != null) {
            requireKnown(request, known, List.of());
        }
    }

    /** The value of a parameter; null when it was not sent. */
    public static @Nullable String value(HttpServletRequest request, String name) {
        if (request.getAttribute(KNOWN) instanceof List<?> known && !known.contains(name)) {
            throw new AssertionError("a route reads the parameter " + name + ", but does not say that it knows it");
        }
        return request.getParameter(name);
    }

    private static ProblemException unknown(String name, List<String> known) {
        String shown = Problems.shown(name);
        String instead = known.isEmpty() ? "takes none" : "takes " + String.join(", ", known);
        return new ProblemException(
                ProblemType.INVALID_REQUEST,
                "There is no query parameter \"" + shown + "\" here: this route " + instead + ".",
                Map.of("field", shown, "known", known));
    }
}
