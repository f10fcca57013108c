package retail.inventory.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import retail.inventory.lab.Connection;
import retail.inventory.lab.Connection.Events;
import retail.inventory.lab.Moments;

/**
 * Follows the feed from its beginning to its end, over as many connections as it takes: it closes them itself after a
 * random number of events, and loses them when the worker is killed. Each time it goes on after the last event it has.
 *
 * <p>One thread runs it; {@link #position} may be asked by any, the rest when that thread has ended.
 */
final class FeedFollower {

    private static final long PAUSE_MS = 20;

    private final Supplier<Source> worker;
    private final long until;
    private final long eventsPerConnectionMax;
    private final FeedCheck check;
    private long cutsByItself;
    private long cutsByKills;
    private long cutsOtherwise;
    private volatile String lastFailure = "none";

    /**
     * A process that serves the feed.
     *
     * @param url where, once it is ready
     * @param killed whether somebody killed it
     */
    record Source(Optional<URI> url, BooleanSupplier killed) {}

    /**
     * Makes one that has not begun.
     *
     * @param worker gives the latest process that serves the feed
     * @param until the last sequence there will be
     * @param eventsPerConnectionMax of each connection it takes at most so many
     */
    FeedFollower(Supplier<Source> worker, long until, long eventsPerConnectionMax, FeedCheck check) {
        this.worker = worker;
        this.until = until;
        this.eventsPerConnectionMax = eventsPerConnectionMax;
        this.check = check;
    }

    /** Returns when it has the last event. */
    void run() {
        while (check.last() < until) {
            Source source = worker.get();
            long before = check.last();
            source.url().ifPresent(url -> follow(source, url));
            if (check.last() == before) {
                Moments.pause(PAUSE_MS);
            }
        }
    }

    /** The latest event it has. */
    long position() {
        return check.last();
    }

    FeedCheck check() {
        return check;
    }

    /** How often it closed the connection, lost it because the worker was killed, and lost it though the worker lived. */
    Cuts cuts() {
        return new Cuts(cutsByItself, cutsByKills, cutsOtherwise);
    }

    record Cuts(long byItself, long byKills, long otherwise) {
        @Override
        public String toString() {
            return "cut %,d times by itself, %,d by kills, %,d otherwise".formatted(byItself, byKills, otherwise);
        }
    }

    /** Why a connection could not be made or was lost, the last time that happened; for a follower that stands still. */
    String lastFailure() {
        return lastFailure;
    }

    /** Follows on one connection, if one can be made. */
    private void follow(Source source, URI url) {
        boolean following = false;
        try (Connection connection = new Connection(url)) {
            Events events = connection.events("/events", check.last());
            if (events.status() != 200) {
                refused(events);
                return;
            }
            following = true;
            if (take(events)) {
                return;
            }
            lastFailure = "the stream ended";
        } catch (IOException e) {
            lastFailure = e.toString();
        }
        if (following && source.killed().getAsBoolean()) {
            cutsByKills++;
        } else if (following) {
            cutsOtherwise++;
        }
    }

    /** Takes a random number of events and cuts the connection; false when the stream ended before. */
    private boolean take(Events events) throws IOException {
        long left = ThreadLocalRandom.current().nextLong(eventsPerConnectionMax) + 1;
        BufferedReader stream = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8));
        while (check.last() < until && left-- > 0) {
            Optional<FeedEvent> next = FeedEvent.next(stream);
            if (next.isEmpty()) {
                return false;
            }
            check.accept(next.get());
        }
        cutsByItself += check.last() < until ? 1 : 0;
        return true;
    }

    private void refused(Events events) throws IOException {
        String body = new String(events.body().readAllBytes(), StandardCharsets.UTF_8);
        lastFailure = "answered by " + events.status() + " " + body;
        if (events.status() != 503) {
            throw new ReplayException("The feed was " + lastFailure);
        }
    }
}
