package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.StockKey;

/** Streams of the feed for somebody for whom there are some stores only. */
@Timeout(120)
class ScopedStreamTest {

    private static final int MANY = 12_000;
    private static final Duration SHORTLY_BEFORE = Duration.ofSeconds(14);
    private static final Duration LONG_AFTER = Duration.ofSeconds(25);

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=1",
            "--inventory.admission.rate-limit-burst=100000",
            "--inventory.feed.followers-per-client=2");

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    private static int made;

    @BeforeAll
    static void stock() throws Exception {
        SERVICE.adjust("S1", "K", 1000);
        AtOnce.clients(64, client -> {
            for (int i = 0; i < MANY / 64; i++) {
                SERVICE.bean(Stock.class).adjust(new StockKey("S2", "K" + client), 1, null, Cause.NONE, null);
            }
            return SERVICE.adjust("S2", "K", 1);
        });
        KEYS.create("admin", "--role admin");
        KEYS.awaitUse("admin");
    }

    @BeforeEach
    void another() {
        made++;
        KEYS.create("follower-" + made, "--can feed --store S1,S3");
        KEYS.awaitUse("follower-" + made);
    }

    private static String follower() {
        return "follower-" + made;
    }

    private static EventStream follow(String path, String who, String... headers) throws IOException {
        String[] all = Stream.of(new String[] {"Connection", "close"}, headers, KEYS.as(who))
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return EventStream.openWithoutChunks(SERVICE, path, all);
    }

    private static long adjust(String store) {
        return SERVICE.adjust(store, "K", 1, KEYS.as("admin")).number("sequence");
    }

    private static long sequence(@Nullable String id) {
        return Long.parseLong(String.valueOf(id).replaceAll("[.].*", ""));
    }

    @Test
    void tellsHowFarItHasComeThroughMuchThatIsNotShown() throws IOException {
        KEYS.create("quiet", "--can feed --store S7");
        KEYS.awaitUse("quiet");
        try (EventStream stream = follow("/events?after=1", "quiet")) {
            long own = adjust("S7");
            assertThat(sequence(stream.nextId())).as("progress").isBetween(10_001L, 10_500L);
            assertThat(stream.nextData()).isEqualTo("{}");
            assertThat(sequence(stream.nextId())).isEqualTo(own);
            assertThat(stream.nextData()).contains("\"storeId\":\"S7\"").doesNotContain("\"by\"");
        }
    }

    @Test
    void tellsItWhenNothingWasShownForAWhileAndGoesOnThereAfterwards() throws IOException {
        String through;
        try (EventStream stream = follow("/events", follower())) {
            long began = System.nanoTime();
            long foreign = adjust("S2");
            through = String.valueOf(stream.nextId());
            assertThat(sequence(through)).isGreaterThanOrEqualTo(foreign);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORTLY_BEFORE, LONG_AFTER);
        }
        adjust("S2");
        long own = adjust("S3");
        try (EventStream again = follow("/events", follower(), "Last-Event-ID", through)) {
            assertThat(sequence(again.nextId())).isEqualTo(own);
        }
    }

    @Test
    void tellsItWhenNewcomersNeedItsPlace() throws IOException {
        try (EventStream stream = follow("/events", follower());
                EventStream other = follow("/events", follower())) {
            long foreign = adjust("S2");
            Reply third =
                    SERVICE.get("/events", "Accept", "text/event-stream", "Authorization", KEYS.as(follower())[1]);
            assertThat(third.body()).contains("overloaded");
            assertThat(sequence(stream.nextId())).isGreaterThanOrEqualTo(foreign);
            assertThat(stream.nextData()).isEqualTo("{}");
            long own = adjust("S1");
            assertThat(sequence(stream.nextId())).isEqualTo(own);
            assertThat(other.opening()).contains("following");
        }
    }

    @Test
    void endsWithItsKey() throws IOException {
        String who = follower();
        try (EventStream stream = follow("/events", who)) {
            KEYS.revoke(who);
            await().until(() -> SERVICE.get("/events", KEYS.as(who)).status() == 401);
            adjust("S1");
            requireEnd(stream, ": unauthenticated");
        }
    }

    @Test
    void endsWhenLessIsGrantedAndShowsNothingOfItAnyMore() throws IOException {
        String who = follower();
        long before = adjust("S1");
        try (EventStream stream = follow("/events", who)) {
            KEYS.regrant(who, "S3");
            String page = "/events?after=" + (before - 1);
            await().until(() -> !SERVICE.get(page, KEYS.as(who)).body().contains("\"S1\""));
            adjust("S1");
            requireEnd(stream, ": grants-changed");
        }
        try (EventStream again = follow("/events?after=" + before, who)) {
            long own = adjust("S3");
            assertThat(sequence(again.nextId())).isEqualTo(own);
        }
    }

    @Test
    void beginsWithMoreAtTheStatedPosition() throws IOException {
        String who = follower();
        adjust("S2");
        long last;
        try (EventStream stream = follow("/events", who)) {
            last = adjust("S1");
            assertThat(sequence(stream.nextId())).isEqualTo(last);
            KEYS.regrant(who, "S1", "S2");
            String page = "/events?after=" + (last - 2);
            await().until(() -> SERVICE.get(page, KEYS.as(who)).body().contains("\"S2\""));
            adjust("S1");
            requireEnd(stream, ": grants-changed");
        }
        long more = adjust("S2");
        try (EventStream again = follow("/events", who, "Last-Event-ID", Long.toString(last))) {
            assertThat(sequence(again.nextId()))
                    .as("S1, which it had not been shown")
                    .isEqualTo(last + 1);
            assertThat(sequence(again.nextId())).isEqualTo(more);
        }
    }

    private static void requireEnd(EventStream stream, String why) {
        List<String> lines = stream.toTheEnd();
        assertThat(lines).noneMatch(line -> line.startsWith("id:")).anyMatch(line -> line.startsWith(why));
    }

    @Test
    void aPageDoesNotReadAllThereIsAndIsPaidForWhatItLooksAt() {
        Reply page = SERVICE.get("/events?limit=1&after=1", KEYS.as(follower()));
        assertThat(page.json().get("events").size()).isZero();
        assertThat(page.number("next")).isEqualTo(10_001);
        Reply rest = SERVICE.get("/events?limit=1&after=" + page.number("next"), KEYS.as(follower()));
        assertThat(rest.number("next")).isGreaterThan(MANY);
        assertThat(left(page) - left(rest)).isBetween(99L, 100L);
    }

    private static long left(Reply reply) {
        return Long.parseLong(String.valueOf(reply.header("ratelimit")).replaceAll(".*;r=([0-9]+);.*", "$1"));
    }
}
