package retail.inventory.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Streams of server-sent events. Who follows the standard comes back when a stream ends, but never again after a status
 * other than 200, whatever {@code Retry-After} says. So who cannot be served now gets a stream that says why, and ends.
 */
@Component
public class EventStreams {

    private static final String PATH = "/events";

    /** What can be over soon; each counted. */
    private static final List<ProblemType> PASSING = List.of(
            ProblemType.STARTING,
            ProblemType.UNREADABLE,
            ProblemType.OVERLOADED,
            ProblemType.RATE_LIMITED,
            ProblemType.IDENTITY_PROVIDER_UNAVAILABLE,
            ProblemType.STOPPING);

    private static final int RETRY_MS = 2000;

    /** Those who were sent away together do not come back together. */
    private static final int SPREAD_MS = 1000;

    private final Map<ProblemType, LongAdder> turnedAway = new EnumMap<>(ProblemType.class);

    EventStreams() {
        PASSING.forEach(type -> turnedAway.put(type, new LongAdder()));
    }

    /** Shows how many were turned away. */
    public void bindTo(MeterRegistry registry) {
        turnedAway.forEach((type, count) -> FunctionCounter.builder("inventory.feed.turned.away", count, LongAdder::sum)
                .description("clients that wanted to follow the feed and were told to come back later")
                .tag("reason", name(type))
                .register(registry));
    }

    /** Whether a request wants to follow the feed. */
    public static boolean isAskedFor(HttpServletRequest request) {
        if (!RequestPath.of(request).is(PATH)) {
            return false;
        }
        String method = request.getMethod();
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return (method.equals("GET") || method.equals("HEAD"))
                && accept != null
                && accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    /** Whether a response is a stream, which takes as long as its client likes. */
    public static boolean isOne(HttpServletResponse response) {
        String type = response.getContentType();
        return type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
    }

    /** The head of a stream. */
    public static void begin(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** When to come back after the end of a stream. */
    public static String retry(long atLeastMs) {
        long ms = Math.max(RETRY_MS, atLeastMs) + ThreadLocalRandom.current().nextInt(SPREAD_MS);
        return "retry: " + ms + "\n";
    }

    public static String comment(String text) {
        return ": " + text.replace('\r', ' ').replace('\n', ' ') + "\n\n";
    }

    /** Answers a request that cannot be served now. */
    public void turnAway(
            ProblemType reason, String why, long afterMs, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        LongAdder count = turnedAway.get(reason);
        if (count != null) {
            count.increment();
        }
        begin(response);
        response.setStatus(HttpServletResponse.SC_OK);
        if (!request.getMethod().equals("HEAD")) {
            write(response, retry(afterMs) + comment(name(reason) + ": " + why));
        }
    }

    public static void write(HttpServletResponse response, String text) throws IOException {
        write(response, text.getBytes(StandardCharsets.UTF_8));
    }

    public static void write(HttpServletResponse response, byte[] text) throws IOException {
        response.getOutputStream().write(text);
        response.flushBuffer();
    }

    private static String name(ProblemType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
