package retail.inventory.web;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import retail.inventory.service.Answer;
import retail.inventory.service.Tracing;

/**
 * Keeps the trace of each request: in every line of the log about it, in the events it makes, and, when there is somebody
 * to send them to, as spans of the request and of the steps of its change. Without that (no endpoint, so no tracer) it only
 * looks for a {@code traceparent} header.
 *
 * <p>It stands around all that may answer or log.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestTracing extends RequestFilter implements Tracing {

    private static final String TRACE_ID = "traceId";

    private final @Nullable Tracer tracer;

    RequestTracing(ObjectProvider<Tracer> tracer) {
        this.tracer = tracer.getIfAvailable();
    }

    @Override
    protected void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        TraceParent parent = TraceParent.of(request.getHeader("traceparent"));
        Tracer present = tracer;
        // Spans of probes and scrapes, several a second, would be most of what there is.
        if (present != null && !AdmissionFilter.isAboutTheService(request)) {
            inSpan(present, parent, request, response, chain);
        } else if (parent != null) {
            inTrace(parent.traceId(), request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void inTrace(
            String traceId, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        MDC.put(TRACE_ID, traceId);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(TRACE_ID);
        }
    }

    @SuppressWarnings("try") // the scope is there to be closed
    private static void inSpan(
            Tracer tracer,
            @Nullable TraceParent parent,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws ServletException, IOException {
        String method = KnownMethod.of(request, "_OTHER");
        SpanBuilder builder =
                tracer.spanBuilder(method).setSpanKind(SpanKind.SERVER).setAttribute("http.request.method", method);
        Span span = (parent == null ? builder.setNoParent() : builder.setParent(remote(parent))).startSpan();
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try (Scope current = span.makeCurrent()) {
            inTrace(span.getSpanContext().getTraceId(), request, response, chain);
            status = response.getStatus();
        } finally {
            describe(span, method, request, response, status);
            span.end();
        }
    }

    private static void describe(
            Span span, String method, HttpServletRequest request, HttpServletResponse response, int status) {
        if (!span.isRecording()) {
            return;
        }
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route) {
            span.updateName(method + " " + route).setAttribute("http.route", route);
        }
        span.setAttribute("http.response.status_code", status);
        String requestId = response.getHeader(RequestIdFilter.HEADER);
        if (requestId != null) {
            span.setAttribute("inventory.request_id", requestId);
        }
        if (status >= 500) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static Context remote(TraceParent parent) {
        return Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        parent.traceId(),
                        parent.spanId(),
                        TraceFlags.fromHex(parent.flags(), 0),
                        TraceState.getDefault())));
    }

    @Override
    public @Nullable String traceId() {
        return MDC.get(TRACE_ID);
    }

    @Override
    public <T extends @Nullable Object> T step(Step step, Supplier<T> work) {
        Tracer present = tracer;
        if (present == null || !Span.current().isRecording()) {
            return work.get();
        }
        Span span = present.spanBuilder(step.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .startSpan();
        try {
            T result = work.get();
            if (result instanceof Answer.Accepted accepted) {
                span.setAttribute("inventory.sequence", accepted.sequence());
            }
            return result;
        } catch (RuntimeException | Error e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }
}
