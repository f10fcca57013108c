package retail.inventory.web;

import static net.logstash.logback.argument.StructuredArguments.value;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;
import org.springframework.web.servlet.HandlerMapping;
import retail.inventory.process.Defects;
import retail.inventory.stock.Hold;
import retail.inventory.stock.StockKey;

/**
 * A line of the log for each request that was rejected or slow, none for others. It has only what this service made itself
 * or has found right: a route instead of a path, no header, nothing of a body; so it can neither tell a secret nor be
 * forged. In a flood each reason gets so many lines a second ({@code REJECTED_LINES_PER_SECOND}), and one that counts the rest.
 */
public final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

    private static final String REASON = RequestLog.class.getName() + ".reason";
    private static final String SKU = RequestLog.class.getName() + ".sku";
    private static final String WHY = RequestLog.class.getName() + ".why";
    private static final String SLOW = "slow";
    private static final String UNKNOWN = "UNKNOWN";

    private final ClientAddress clients;
    private final long slowNanos;
    private final LongSupplier nanoTime;
    private final Executor later;
    private final LineLimit slow;
    private final Map<ProblemType, LineLimit> rejected = new EnumMap<>(ProblemType.class);

    /**
     * A log of requests.
     *
     * @param clients knows who sends a request
     * @param slowMs one that takes so long is slow, in milliseconds
     * @param linesPerSecond so many lines of each reason are written a second
     * @param later runs what is to be said when a flood has gone on for a second
     */
    public RequestLog(ClientAddress clients, long slowMs, int linesPerSecond, LongSupplier nanoTime, Executor later) {
        this.clients = clients;
        this.slowNanos = TimeUnit.MILLISECONDS.toNanos(slowMs);
        this.nanoTime = nanoTime;
        this.later = later;
        this.slow = new LineLimit(nanoTime.getAsLong(), linesPerSecond);
        for (ProblemType type : ProblemType.values()) {
            rejected.put(type, new LineLimit(nanoTime.getAsLong(), linesPerSecond));
        }
    }

    /** Notes the problem a request is answered with. */
    static void rejected(HttpServletRequest request, ProblemType type) {
        request.setAttribute(REASON, type);
    }

    /** Notes what is behind it, in this service's own words. */
    public static void because(HttpServletRequest request, @Nullable String why) {
        request.setAttribute(WHY, why);
    }

    /** Notes the SKU it is about, which stands in its query. */
    public static void about(HttpServletRequest request, String sku) {
        request.setAttribute(SKU, sku);
    }

    /** Notes the defect that is behind it. */
    public static void because(HttpServletRequest request, Throwable defect) {
        request.setAttribute(WHY, defect);
    }

    /** A request was answered, or broke off with status 500. */
    void ended(HttpServletRequest request, HttpServletResponse response, int status, long nanos) {
        if (status < 400) {
            if (nanos >= slowNanos && !EventStreams.isOne(response)) {
                write(
                        SLOW,
                        slow,
                        Level.WARN,
                        line("Slow", request, status, null).took(nanos));
            }
            return;
        }
        ProblemType noted = request.getAttribute(REASON) instanceof ProblemType type ? type : null;
        Object why = request.getAttribute(WHY);
        if (noted == null && status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            return; // a health check's answer, for which readiness has its own lines
        }
        ProblemType type = noted == null ? ProblemType.of(status) : noted;
        Level level = why instanceof Throwable ? Level.ERROR : levelOf(type, status);
        Line line = line("Rejected", request, status, type).took(nanos);
        if (why != null) {
            line.because(why);
        } else if (noted == null && type == ProblemType.INTERNAL_ERROR) {
            line.because("it broke off");
        }
        write(nameOf(type), limitOf(type), level, line);
    }

    /** The web server refused a request by itself, before it had an id. */
    public void refusedUnread(HttpServletRequest request, ProblemType type, int status, String requestId) {
        MDC.put(RequestIdFilter.MDC_KEY, requestId);
        try {
            write(nameOf(type), limitOf(type), levelOf(type, status), line("Rejected unread", request, status, type));
        } finally {
            MDC.remove(RequestIdFilter.MDC_KEY);
        }
    }

    private Line line(String what, HttpServletRequest request, int status, @Nullable ProblemType type) {
        return new Line(what, request, clients.of(request), status, type);
    }

    private void write(String reason, LineLimit limit, Level level, Line line) {
        switch (limit.ask(nanoTime.getAsLong())) {
            case WRITTEN -> LOG.atLevel(level).log(line.text.toString(), line.arguments.toArray());
            case FIRST_LEFT_OUT ->
                later.execute(Defects.told("The count of requests", () -> countTheRest(reason, limit, level)));
            case LEFT_OUT -> {}
        }
    }

    private static void countTheRest(String reason, LineLimit limit, Level level) {
        LOG.atLevel(level)
                .log(
                        "{} more requests were {} within a second or so",
                        value("leftOut", limit.takeLeftOut()),
                        value("reason", reason));
    }

    /** A line while it is put together: text for people, and each value as a field. */
    private static final class Line {
        private final StringBuilder text;
        private final List<Object> arguments = new ArrayList<>();

        private Line(String what, HttpServletRequest request, String client, int status, @Nullable ProblemType type) {
            String method = KnownMethod.of(request, UNKNOWN);
            StockRoute stock = StockRoute.of(request);
            Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            HoldRoute hold = HoldRoute.of(RequestPath.of(request), method);
            String pattern = route != null
                    ? route.toString()
                    : stock != null ? stock.pattern() : hold != null ? hold.pattern() : UNKNOWN;
            text = new StringBuilder(what).append(": {} {} {}");
            arguments.add(value("method", method));
            arguments.add(value("route", pattern));
            arguments.add(value("status", status));
            add(" {}", "reason", type == null ? SLOW : nameOf(type));
            add(", client {}", "client", client);
            if (hold != null && hold.holdId() != null && Hold.isId(hold.holdId())) {
                add(", hold {}", "holdId", hold.holdId());
            } else if (stock != null) {
                about(stock.storeId(), stock.sku() == null ? request.getAttribute(SKU) : stock.sku());
            } else if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                    instanceof Map<?, ?> variables) {
                about(variables.get("storeId"), variables.get("sku"));
            }
        }

        private void about(@Nullable Object storeId, @Nullable Object sku) {
            if (storeId instanceof String id && StockKey.isStoreId(id)) {
                add(", store {}", "storeId", id);
            }
            if (sku instanceof String id && StockKey.isSku(id)) {
                add(", SKU {}", "sku", id);
            }
        }

        private Line took(long nanos) {
            add(", {} ms", "durationMs", TimeUnit.NANOSECONDS.toMicros(nanos) / 1e3);
            return this;
        }

        private void because(Object why) {
            if (why instanceof Throwable defect) {
                text.append(", because of a defect");
                arguments.add(defect);
            } else {
                add(": {}", "why", why.toString());
            }
        }

        private void add(String words, String field, Object content) {
            text.append(words);
            arguments.add(value(field, content));
        }
    }

    private LineLimit limitOf(ProblemType type) {
        return rejected.getOrDefault(type, slow);
    }

    /** A stop in good order warns of nothing. */
    private static Level levelOf(ProblemType type, int status) {
        return switch (type) {
            case STOPPING, NOT_IMPLEMENTED, HTTP_VERSION_NOT_SUPPORTED -> Level.INFO;
            default -> status >= 500 || status == 429 ? Level.WARN : Level.INFO;
        };
    }

    private static String nameOf(ProblemType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
