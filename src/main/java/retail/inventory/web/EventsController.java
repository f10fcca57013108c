package retail.inventory.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.central.Central;
import retail.inventory.central.CentralUnavailableException;
import retail.inventory.central.EventHistory;
import retail.inventory.central.EventHistory.Change;
import retail.inventory.central.EventHistory.Page;
import tools.jackson.databind.json.JsonMapper;

/**
 * The feed of all changes: pages of JSON, or a stream of server-sent events that a client resumes with
 * {@code Last-Event-ID}. A stream is written by its own request's thread at the client's pace; a client that reads
 * nothing for the web server's write timeout is cut off and resumes.
 */
@RestController
@ConditionalOnExpression("'${inventory.role}' != 'api'")
@RequestMapping({"/events", "/api/events"})
class EventsController implements MeterBinder {

    private static final long HEARTBEAT_MS = 15_000;
    private static final int BATCH = 500;
    private static final int FOLLOWERS_MAX = 1000;

    private final Central central;
    private final EventHistory history;
    private final JsonMapper json;
    private final Semaphore places = new Semaphore(FOLLOWERS_MAX);

    EventsController(Central central, EventHistory history, JsonMapper json) {
        this.central = central;
        this.history = history;
        this.json = json;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Page page(HttpServletRequest request) {
        central.requireStarted();
        Long after = RequestValues.sequence(request, "after");
        return read(after == null ? 0 : after, RequestValues.limit(request));
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void stream(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        central.requireStarted();
        String lastId = request.getHeader("Last-Event-ID");
        Long parameter = RequestValues.sequence(request, "after");
        long after = lastId != null
                ? RequestValues.sequence("Last-Event-ID", lastId)
                : parameter == null ? history.page(Long.MAX_VALUE - 1, 1).durableSequence() : parameter;
        read(after, 1); // so that what is gone is answered 410, not by an empty stream
        if (request.getMethod().equals("HEAD")) {
            begin(response);
            return; // following without writing would never end, nor notice that the client has gone
        }
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    ProblemType.OVERLOADED, FOLLOWERS_MAX + " clients follow the feed already.", Map.of());
        }
        try {
            begin(response);
            follow(after, response);
        } finally {
            places.release();
        }
    }

    private static void begin(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("X-Accel-Buffering", "no");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("inventory.feed.subscribers", places, free -> FOLLOWERS_MAX - free.availablePermits())
                .description("clients that follow the feed as a stream now")
                .register(registry);
    }

    /** A stopping service ends its streams, or it would wait for them until its time is up. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        history.close();
    }

    private void follow(long from, HttpServletResponse response) throws IOException, InterruptedException {
        write(response, ": following from " + from + "\n\n");
        long after = from;
        while (!history.isClosed()) {
            Page page;
            try {
                page = history.page(after, BATCH);
            } catch (CentralUnavailableException e) {
                write(response, ": " + e.getMessage() + "\n\n");
                return; // the client resumes where it was
            }
            if (page.next() > after) {
                StringBuilder text = new StringBuilder();
                for (Change change : page.events()) {
                    text.append("id: ").append(change.sequence()).append("\ndata: ");
                    text.append(json.writeValueAsString(change)).append("\n\n");
                }
                write(response, text.toString());
                after = page.next();
            } else if (!history.await(after, HEARTBEAT_MS)) {
                write(response, ": nothing new\n\n");
            }
        }
    }

    private Page read(long after, int limit) {
        try {
            return history.page(after, limit);
        } catch (EventHistory.GoneException e) {
            throw new ProblemException(
                    ProblemType.EVENTS_GONE,
                    "Events after " + after + " are no longer kept: read the central inventory, then follow from its"
                            + " sequence.",
                    Map.of("oldest", e.oldest()));
        }
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
