package retail.inventory.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import retail.inventory.lab.Connection;
import retail.inventory.lab.Connection.Events;

/**
 * Follows the feed from its beginning to its end, over as many connections as it takes: it closes them itself after a
 * random number of events, and loses them when the worker is killed. Each time it goes on after the last event it has.
 *
 * <p>One thread runs it; {@link #position} may be asked by any, the rest when that thread has ended.
 */
final class FeedFollower {

    private static final long PAUSE_MS = 20;

    private final Supplier<FeedSource> worker;
    private final long until;
    private final long eventsPerConnectionMax;
    private final FeedCheck check = new FeedCheck();
    private long cutsByItself;
    private long cutsByKills;
    private long cutsOtherwise;
    private volatile String lastFailure = "none";

    /**
     * Makes one that has not begun.
     *
     * @param worker gives the latest process that serves the feed
     * @param until the last sequence there will be
     * @param eventsPerConnectionMax of each connection it takes at most so many
     */
    FeedFollower(Supplier<FeedSource> worker, long until, long eventsPerConnectionMax) {
        this.worker = worker;
        this.until = until;
        this.eventsPerConnectionMax = eventsPerConnectionMax;
    }

    /** Returns when it has the last event; an interrupt ends it earlier, at the next cut. */
    void run() throws InterruptedException {
        while (check.last() < until) {
            FeedSource source = worker.get();
            long before = check.last();
            source.url().ifPresent(url -> follow(source, url));
            if (check.last() == before) {
                Thread.sleep(PAUSE_MS);
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

    /** How often it closed the connection. */
    long cutsByItself() {
        return cutsByItself;
    }

    /** How often the connection was lost because the worker was killed. */
    long cutsByKills() {
        return cutsByKills;
    }

    /** How often the stream ended though the worker lived. */
    long cutsOtherwise() {
        return cutsOtherwise;
    }

    /** Why a connection could not be made or was lost, the last time that happened; for a follower that stands still. */
    String lastFailure() {
        return lastFailure;
    }

    /** Follows on one connection, if one can be made. */
    private void follow(FeedSource source, URI url) {
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
        while (check.last() < until && left > 0) {
            Optional<FeedEvent> next = FeedEvent.next(stream);
            if (next.isEmpty()) {
                return false;
            }
            check.accept(next.get());
            left--;
        }
        if (check.last() < until) {
            cutsByItself++;
        }
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
