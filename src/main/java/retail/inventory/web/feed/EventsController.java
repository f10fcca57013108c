package retail.inventory.web.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.access.Access;
import retail.inventory.central.Central;
import retail.inventory.central.CentralUnavailableException;
import retail.inventory.feed.EventHistory;
import retail.inventory.feed.FeedUnavailableException;
import retail.inventory.web.ClientAddress;
import retail.inventory.web.EventStreams;
import retail.inventory.web.LogPosition;
import retail.inventory.web.LogPositions;
import retail.inventory.web.ProblemType;
import retail.inventory.web.QueryParameters;
import retail.inventory.web.RequestIdentity;
import retail.inventory.web.RequestMetrics;
import retail.inventory.web.RequestValues;
import tools.jackson.databind.json.JsonMapper;

/**
 * The feed of all changes in stores that are granted: pages of JSON, or a stream of server-sent events that a client resumes with
 * {@code Last-Event-ID}. A stream is written by its own request's thread at the client's pace; a client that reads
 * nothing for the web server's write timeout is cut off and resumes.
 */
@RestController
@ConditionalOnExpression("'${inventory.role}' != 'api'")
@RequestMapping({"/events", "/api/events"})
class EventsController implements MeterBinder {

    /** Longer than it takes to notice that a follower has gone. */
    private static final long WAIT_FOR_PLACE_MS = 1000;

    private final Central central;
    private final EventHistory history;
    private final FeedPages pages;
    private final Followers followers;
    private final FollowedFeed feed;
    private final EventStreams streams;
    private final ClientAddress clients;

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
        this.pages = new FeedPages(history, positions);
        this.followers = followers;
        this.feed = new FollowedFeed(history, positions, followers, access, json);
        this.streams = streams;
        this.clients = clients;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @QueryParameters({"after", "limit"})
    FeedPages.PageResponse page(HttpServletRequest request) {
        LogPosition after = RequestValues.position(request, "after");
        int limit = RequestValues.limit(request);
        central.requireStarted();
        FeedView view = FeedView.of(RequestIdentity.of(request).grants());
        return pages.read(after == null ? new LogPosition(0, null) : after, limit, view, request);
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @QueryParameters({"after", "limit", "lastEventId"}) // limit is for pages
    void stream(HttpServletRequest request, HttpServletResponse response) throws IOException, InterruptedException {
        LogPosition last = RequestValues.lastEvent(request);
        LogPosition from;
        try {
            central.requireStarted();
            from = last == null ? new LogPosition(history.durableSequence(), null) : last;
            pages.requireKept(from); // so that what is gone is answered 410, not by an empty stream
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
                    feed.follow(from.sequence(), client, RequestIdentity.of(request), response);
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
}
