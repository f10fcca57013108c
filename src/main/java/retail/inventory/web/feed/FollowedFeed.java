package retail.inventory.web.feed;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import retail.inventory.access.Access;
import retail.inventory.access.Grants;
import retail.inventory.access.Identity;
import retail.inventory.feed.EventHistory;
import retail.inventory.feed.FeedUnavailableException;
import retail.inventory.web.EventStreams;
import retail.inventory.web.LogPosition;
import retail.inventory.web.LogPositions;
import retail.inventory.web.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/** Writes the feed to those who follow it, each what it is shown, and ends when that becomes something else. */
final class FollowedFeed {

    private static final long QUIET_MS = 15_000;
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(QUIET_MS);
    private static final long SHOWN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventHistory history;
    private final LogPositions positions;
    private final Followers followers;
    private final Access access;
    private final JsonMapper json;
    private final FeedBatches audited;
    private final FeedBatches plain;

    FollowedFeed(EventHistory history, LogPositions positions, Followers followers, Access access, JsonMapper json) {
        this.history = history;
        this.positions = positions;
        this.followers = followers;
        this.access = access;
        this.json = json;
        FeedView all = FeedView.of(Grants.ALL);
        this.audited = new FeedBatches(new FeedReader(history, json, all));
        this.plain = new FeedBatches(new FeedReader(history, json, new FeedView(all.stores(), false)));
    }

    /** Whoever is shown some stores reads for himself: there are few events for him, and hardly anybody to share them with. */
    private LongFunction<FeedBatch> batches(FeedView view) {
        if (!view.stores().areAll()) {
            return new FeedReader(history, json, view)::after;
        }
        return view.by() ? audited::after : plain::after;
    }

    /** Writes what comes after a sequence, at the pace of whoever reads it, until there is a reason to end. */
    void follow(long from, String client, Identity identity, HttpServletResponse response)
            throws IOException, InterruptedException {
        String logId = history.logId();
        EventStreams.begin(response);
        EventStreams.write(
                response,
                EventStreams.retry(0)
                        + EventStreams.comment("following from " + LogPosition.text(from, logId)
                                + (logId == null ? "" : " of log " + logId)));
        Grants grants = identity.grants();
        LongFunction<FeedBatch> batches = batches(FeedView.of(grants));
        Told told = new Told(from, response);
        long after = from;
        while (!history.isClosed()) {
            String end = end(identity, grants);
            if (end != null) {
                EventStreams.write(response, EventStreams.comment(end));
                return; // when it comes back it is told 401 or 403, or goes on with what it is shown then
            }
            FeedBatch batch;
            try {
                batch = batches.apply(after);
            } catch (EventHistory.GoneException e) {
                EventStreams.write(response, overtaken(after));
                return;
            } catch (FeedUnavailableException e) {
                EventStreams.write(response, EventStreams.comment(String.valueOf(e.getMessage())));
                return; // the client resumes where it was
            }
            boolean further = batch.next() > after;
            after = batch.next();
            if (batch.text().length > 0) {
                told.write(batch);
            } else if ((further || !history.await(after, told.quietMs()))
                    && (told.isLongAgo(after) || told.mustShowItself(client))) {
                told.writeThrough(after);
            }
        }
        EventStreams.write(response, EventStreams.comment("stopping"));
    }

    /** Why somebody is not shown any more what he was shown; null when he is. */
    private @Nullable String end(Identity identity, Grants grants) {
        Grants now = access.grantsNow(identity);
        if (now == null) {
            return "unauthenticated: the key cannot be used any more";
        }
        return now.equals(grants) ? null : "grants-changed: what this key may see is something else now";
    }

    /** What it would read next was compacted away while it read what came before. When it comes back it is told 410. */
    private String overtaken(long after) {
        ProblemException gone = positions.compacted(after);
        return EventStreams.comment("events-gone: " + gone.detail()) + "event: events-gone\ndata: "
                + json.writeValueAsString(gone.members()) + "\n\n";
    }

    /** What a follower was told, and when. */
    private final class Told {

        private final HttpServletResponse response;
        private long through;
        private long nanos = System.nanoTime();

        private Told(long from, HttpServletResponse response) {
            this.through = from;
            this.response = response;
        }

        private void write(FeedBatch batch) throws IOException {
            EventStreams.write(response, batch.text());
            through = batch.shown();
            nanos = System.nanoTime();
        }

        /** How long it may be told nothing yet. */
        private long quietMs() {
            return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos + QUIET_NANOS - System.nanoTime()) + 1, 1, QUIET_MS);
        }

        private boolean isLongAgo(long after) {
            return System.nanoTime() - nanos >= QUIET_NANOS || after - through >= FeedReader.LOOKED_AT_MAX;
        }

        /** Whether newcomers want to see that it is there, and it has not just shown itself. */
        private boolean mustShowItself(String client) {
            return System.nanoTime() - nanos >= SHOWN_NANOS && followers.mustShowItself(client);
        }

        /** That there was nothing for it: so that it begins behind that when it comes back, and that it is there. */
        private void writeThrough(long after) throws IOException {
            EventStreams.write(
                    response,
                    after > through
                            ? "event: progress\nid: " + LogPosition.text(after, history.logId()) + "\ndata: {}\n\n"
                            : EventStreams.comment("nothing new"));
            through = after;
            nanos = System.nanoTime();
        }
    }
}
