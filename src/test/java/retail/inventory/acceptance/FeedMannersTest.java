package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What followers may cost others, and what they are told when they cannot be served now. */
@Timeout(60)
class FeedMannersTest {

    private static final String STREAM = "text/event-stream";
    private static final int PLACES = 6;
    private static final String COME_BACK = "(?s)retry: [23]\\d{3}\n: ";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.admission.load-shed-queue-max=1000",
            "--inventory.feed.followers-max=" + PLACES,
            "--inventory.feed.followers-per-client=4",
            "--inventory.web.trusted-proxies=127.0.0.1",
            "--server.tomcat.connection-timeout=1s");

    @BeforeAll
    static void haveSomething() {
        SERVICE.adjust("S1", "A", 1);
    }

    @Test
    void oneClientCannotTakeAllPlaces() throws IOException {
        List<EventStream> greedy = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                greedy.add(follow("10.0.0.1"));
            }
            double before = turnedAway("overloaded");
            Reply fifth = SERVICE.get("/events", "Accept", STREAM, "X-Forwarded-For", "10.0.0.1");
            assertThat(fifth.status()).isEqualTo(200);
            assertThat(fifth.header("content-type")).startsWith(STREAM);
            assertThat(fifth.body()).matches(COME_BACK + "overloaded: this client follows the feed 4 times.*\n\n");
            assertThat(turnedAway("overloaded")).isEqualTo(before + 1);

            try (EventStream other = follow("10.0.0.2");
                    EventStream another = follow("10.0.0.3")) {
                Reply seventh = SERVICE.get("/events", "Accept", STREAM, "X-Forwarded-For", "10.0.0.4");
                assertThat(seventh.status()).isEqualTo(200);
                assertThat(seventh.body()).matches(COME_BACK + "overloaded: 6 clients follow the feed already\n\n");
                long sequence = SERVICE.adjust("S1", "A", 1).number("sequence");
                assertThat(other.next()).isEqualTo(sequence);
                assertThat(another.next()).isEqualTo(sequence);
                assertThat(greedy.getFirst().next()).isEqualTo(sequence);
            }
        } finally {
            for (EventStream stream : greedy) {
                stream.close();
            }
        }
    }

    /** Nothing happens meanwhile that would be written to those who have gone. */
    @Test
    void whoReloadsAgainAndAgainFindsThePlacesItHasLeft() throws IOException {
        for (int i = 0; i < 12; i++) {
            follow("10.0.1.1").close();
        }
        for (int i = 0; i < 12; i++) {
            follow("10.0.1." + i).close();
        }
    }

    @Test
    void whoDoesNotReadLosesThePlace() throws Exception {
        AtOnce.clients(8, client -> {
            for (int i = 0; i < 250; i++) {
                SERVICE.adjust("DEAF-STORE-WITH-A-LONG-NAME", "SKU-" + "X".repeat(50) + client, 1);
            }
            return SERVICE.adjust("S1", "A", 1);
        });
        freeOfFollowers();
        try (Socket deaf = SERVICE.connectNarrowly()) {
            String request = "GET /events?after=0 HTTP/1.1\r\nHost: localhost\r\nAccept: " + STREAM + "\r\n\r\n";
            deaf.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> followers() == 1);
            await().atMost(1, TimeUnit.MINUTES).until(() -> followers() == 0);
        }
    }

    @Test
    void takesAnEmptyLastEventIdForNone() throws IOException {
        try (EventStream header = EventStream.open(SERVICE, "/events", "Last-Event-ID", "");
                EventStream query = EventStream.open(SERVICE, "/events?lastEventId=")) {
            long sequence = SERVICE.adjust("S1", "A", 1).number("sequence");
            assertThat(header.next()).isEqualTo(sequence);
            assertThat(query.next()).isEqualTo(sequence);
        }
    }

    @Test
    void takesTheLastEventIdOfPolyfillsFromTheQuery() throws IOException {
        SERVICE.adjust("S1", "A", 1);
        SERVICE.adjust("S1", "A", 1);
        try (EventStream query = EventStream.open(SERVICE, "/events?after=0&lastEventId=1");
                EventStream header = EventStream.open(SERVICE, "/events?lastEventId=1", "Last-Event-ID", "2")) {
            assertThat(query.next()).isEqualTo(2);
            assertThat(header.next()).isEqualTo(3);
        }
        for (String bad : List.of("lastEventId=x", "lastEventId=1&lastEventId=1")) {
            assertThat(SERVICE.get("/events?" + bad, "Accept", STREAM).text("field"))
                    .isEqualTo("lastEventId");
        }
    }

    /** A stream of four seconds is no request of four seconds. */
    @Test
    void isMeasuredUpToTheFirstByte() throws Exception {
        freeOfFollowers();
        double before = requests("count");
        double timeBefore = requests("sum");
        try (EventStream stream = EventStream.open(SERVICE, "/events")) {
            long last = SERVICE.adjust("S1", "A", 1).number("sequence");
            assertThat(stream.next()).isEqualTo(last);
            await().pollDelay(1100, TimeUnit.MILLISECONDS).until(() -> true);
        }
        freeOfFollowers();
        assertThat(requests("count")).isEqualTo(before + 1);
        assertThat(requests("sum") - timeBefore).isLessThan(1);
    }

    @Test
    void tellsHowSoonToComeBackAfterAGoodStreamToo() {
        Reply head = SERVICE.send("HEAD", "/events", null, "Accept", STREAM);
        assertThat(head.status()).isEqualTo(200);
        try (Socket socket = SERVICE.connect()) {
            String request = "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: " + STREAM + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] first = new byte[4096];
            int length = 0;
            while (!new String(first, 0, length, StandardCharsets.UTF_8).contains(": following")) {
                length += socket.getInputStream().read(first, length, first.length - length);
            }
            assertThat(new String(first, 0, length, StandardCharsets.UTF_8)).containsPattern("\nretry: 2\\d{3}\r?\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static EventStream follow(String client) throws IOException {
        return EventStream.open(SERVICE, "/events", "X-Forwarded-For", client);
    }

    private static void freeOfFollowers() {
        await().until(() -> {
            SERVICE.adjust("S1", "A", 1); // a client that has gone is noticed by a write
            return followers() == 0;
        });
    }

    private static double followers() {
        return now("inventory_feed_subscribers");
    }

    private static double turnedAway(String reason) {
        return metrics().samples().stream()
                .filter(sample -> sample.name().equals("inventory_feed_turned_away_total")
                        && reason.equals(sample.tags().get("reason")))
                .mapToDouble(PrometheusText.Sample::value)
                .sum();
    }

    private static double requests(String figure) {
        return metrics().samples().stream()
                .filter(sample -> sample.name().equals("http_server_requests_seconds_" + figure)
                        && "/events".equals(sample.tags().get("uri")))
                .mapToDouble(PrometheusText.Sample::value)
                .sum();
    }

    private static double now(String name) {
        return metrics().samples().stream()
                .filter(sample -> sample.name().equals(name))
                .mapToDouble(PrometheusText.Sample::value)
                .sum();
    }

    private static PrometheusText metrics() {
        return PrometheusText.of(SERVICE);
    }
}
