package retail.inventory.web.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.access.Access;
import retail.inventory.access.Identity;
import retail.inventory.central.Central;
import retail.inventory.central.CentralUnavailableException;
import retail.inventory.feed.EventHistory;
import retail.inventory.feed.EventHistory.Page;
import retail.inventory.feed.FeedUnavailableException;
import retail.inventory.web.ClientAddress;
import retail.inventory.web.EventResponse;
import retail.inventory.web.EventStreams;
import retail.inventory.web.LogPosition;
import retail.inventory.web.LogPositions;
import retail.inventory.web.ProblemException;
import retail.inventory.web.ProblemType;
import retail.inventory.web.QueryParameters;
import retail.inventory.web.RequestIdentity;
import retail.inventory.web.RequestMetrics;
import retail.inventory.web.RequestValues;
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
    private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(HEARTBEAT_MS);

    /** Longer than it takes to notice that a follower has gone. */
    private static final long WAIT_FOR_PLACE_MS = 1000;

    private final Central central;
    private final EventHistory history;
    private final LogPositions positions;
    private final Followers followers;
    private final FeedBatches batches;
    private final EventStreams streams;
    private final ClientAddress clients;
    private final Access access;
    private final JsonMapper json;

    EventsController(
            Central central,
            EventHistory history,
            LogPositions positions,
            Followers followers,
            EventStreams streams,
            ClientAddress clients,
            Access access,
            JsonMapper json) {
        this.central = central;
        this.history = history;
        this.positions = positions;
        this.followers = followers;
        this.batches = new FeedBatches(history, json);
        this.streams = streams;
        this.clients = clients;
        this.access = access;
        this.json = json;
    }

    /**
     * A page of events.
     *
     * @param next the sequence to go on after
     * @param position the same with the log it is one of
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PageResponse(
            List<EventResponse> events,
            long next,
            long durableSequence,
            @Nullable String logId,
            String position) {

        static PageResponse of(Page page) {
            return new PageResponse(
                    page.events().stream().map(EventResponse::of).toList(),
                    page.next(),
                    page.durableSequence(),
                    page.logId(),
                    LogPosition.text(page.next(), page.logId()));
        }
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @QueryParameters({"after", "limit"})
    PageResponse page(HttpServletRequest request) {
        LogPosition after = RequestValues.position(request, "after");
        int limit = RequestValues.limit(request);
        central.requireStarted();
        return PageResponse.of(read(after == null ? new LogPosition(0, null) : after, limit));
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @QueryParameters({"after", "limit", "lastEventId"}) // limit is for pages
    void stream(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        LogPosition last = RequestValues.lastEvent(request);
        LogPosition from;
        try {
            central.requireStarted();
            from = last == null ? new LogPosition(history.durableSequence(), null) : last;
            read(from, 1); // so that what is gone is answered 410, not by an empty stream
        } catch (CentralUnavailableException e) {
            streams.turnAway(ProblemType.STARTING, String.valueOf(e.getMessage()), 0, request, response);
            return;
        } catch (FeedUnavailableException e) {
            ProblemType why = FeedErrorAdvice.typeOf(e.reason());
            streams.turnAway(why, String.valueOf(e.getMessage()), 0, request, response);
            return;
        }
        if (request.getMethod().equals("HEAD")) {
            EventStreams.begin(response);
            return; // following without writing would never end, nor notice that the client has gone
        }
        String client = clients.group(request);
        switch (followers.enter(client, WAIT_FOR_PLACE_MS)) {
            case ADMITTED -> {
                try {
                    RequestMetrics.firstByte(request);
                    follow(from.sequence(), client, RequestIdentity.of(request), response);
                } finally {
                    followers.leave(client);
                }
            }
            case FULL -> full(followers.max() + " clients follow the feed already", request, response);
            case CLIENT_FULL ->
                full("this client follows the feed " + followers.perClientMax() + " times already", request, response);
        }
    }

    private void full(String why, HttpServletRequest request, HttpServletResponse response) throws IOException {
        streams.turnAway(ProblemType.OVERLOADED, why, 0, request, response);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        streams.bindTo(registry);
        Gauge.builder("inventory.feed.subscribers", followers, Followers::count)
                .description("clients that follow the feed as a stream now")
                .register(registry);
    }

    /** A stopping service ends its streams, or it would wait for them until its time is up. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        history.close();
    }

    private void follow(long from, String client, Identity identity, HttpServletResponse response)
            throws IOException, InterruptedException {
        String logId = history.logId();
        EventStreams.begin(response);
        EventStreams.write(
                response,
                EventStreams.retry(0)
                        + EventStreams.comment("following from " + LogPosition.text(from, logId)
                                + (logId == null ? "" : " of log " + logId)));
        long after = from;
        long writtenNanos = System.nanoTime();
        while (!history.isClosed()) {
            if (!access.isStillIn(identity)) {
                EventStreams.write(
                        response, EventStreams.comment("unauthenticated: the key or token cannot be used any more"));
                return; // when it comes back it is told 401
            }
            FeedBatches.Batch batch;
            try {
                batch = batches.after(after);
            } catch (EventHistory.GoneException e) {
                EventStreams.write(response, overtaken(after));
                return;
            } catch (FeedUnavailableException e) {
                EventStreams.write(response, EventStreams.comment(String.valueOf(e.getMessage())));
                return; // the client resumes where it was
            }
            if (batch.next() > after) {
                EventStreams.write(response, batch.text());
                after = batch.next();
                writtenNanos = System.nanoTime();
            } else if (!history.await(after, HEARTBEAT_MS)
                    && (System.nanoTime() - writtenNanos >= HEARTBEAT_NANOS || followers.mustShowItself(client))) {
                EventStreams.write(response, EventStreams.comment("nothing new"));
                writtenNanos = System.nanoTime();
            }
        }
        EventStreams.write(response, EventStreams.comment("stopping"));
    }

    /** What it would read next was compacted away while it read what came before. When it comes back it is told 410. */
    private String overtaken(long after) {
        ProblemException gone = positions.compacted(after);
        return EventStreams.comment("events-gone: " + gone.detail()) + "event: events-gone\ndata: "
                + json.writeValueAsString(gone.members()) + "\n\n";
    }

    private Page read(LogPosition after, int limit) {
        positions.requireHere(after);
        try {
            return history.page(after.sequence(), limit);
        } catch (EventHistory.GoneException e) {
            throw positions.compacted(after.sequence());
        }
    }
}
