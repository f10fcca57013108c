package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What somebody who follows the changes gets: each of them, once, in order. */
@Timeout(60)
class FeedTest {

    private static final String STREAM = "text/event-stream";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void haveSomething() {
        SERVICE.adjust("FEED", "FIRST", 1);
    }

    @AfterEach
    void endBackground() {
        background.close();
    }

    @Test
    void givesEverySequenceOnceInOrderPageByPage() throws Exception {
        write(8, 200);
        long last = durable();
        List<Long> seen = new ArrayList<>();
        long after = 0;
        while (after < last) {
            JsonNode page = SERVICE.get("/api/events?limit=97&after=" + after).json();
            page.get("events").forEach(event -> {
                seen.add(event.get("sequence").asLong());
                assertThat(event.get("ts").asString()).matches(TIME);
            });
            after = page.get("next").asLong();
        }

        assertThat(seen).containsExactlyElementsOf(sequences(1, last));
        JsonNode end = SERVICE.get("/events?after=" + last).json();
        assertThat(end.get("events").size()).isZero();
        assertThat(end.get("next").asLong()).isEqualTo(last);
        assertThat(end.get("durableSequence").asLong()).isEqualTo(last);
    }

    @Test
    void tellsWhatAChangeDid() {
        Reply added = SERVICE.adjust("FEED", "TOLD", 10);
        Reply sold = SERVICE.reserve("FEED", "TOLD", 4, "If-Match", "\"1\"");

        JsonNode events = SERVICE.get("/events?after=" + (added.number("sequence") - 1))
                .json()
                .get("events");

        assertThat(events.size()).isEqualTo(2);
        assertThat(events.get(0).has("expectedVersion")).isFalse();
        assertThat(events.get(0).get("type").asString()).isEqualTo("ADJUST");
        assertThat(events.get(0).at("/movements/0/delta").asLong()).isEqualTo(10);
        JsonNode sale = events.get(1);
        assertThat(sale.get("type").asString()).isEqualTo("RESERVE");
        assertThat(sale.get("by").asString()).isEqualTo("local");
        assertThat(sale.get("expectedVersion").asLong()).isEqualTo(1);
        assertThat(sale.get("ts").asString()).isEqualTo(sold.text("updatedAt"));
        for (String member : List.of("sequence", "eventId")) {
            assertThat(sale.get(member)).isEqualTo(sold.json().get(member));
        }
        assertThat(sale.get("movements").size()).isEqualTo(1);
        JsonNode movement = sale.at("/movements/0");
        assertThat(movement.get("delta").asLong()).isEqualTo(-4);
        for (String member : List.of("storeId", "sku", "qty", "version")) {
            assertThat(movement.get(member)).isEqualTo(sold.json().get(member));
        }
    }

    @Test
    void givesEverySequenceOnceInOrderThoughTheStreamIsCutAgainAndAgain() throws Exception {
        long first = durable();
        Future<?> writing = background.submit(() -> {
            write(8, 150);
            return null;
        });
        long target = first + 8 * 150;
        Random random = new Random(1);
        List<Long> seen = new ArrayList<>();
        long have = first;
        while (have < target) {
            try (EventStream stream =
                    EventStream.openWithoutChunks(SERVICE, "/events", "Last-Event-ID", Long.toString(have))) {
                Long next = have;
                for (int i = 1 + random.nextInt(120); i > 0 && next != null && have < target; i--) {
                    next = stream.next();
                    if (next != null) {
                        seen.add(next);
                        have = next;
                    }
                }
            }
        }
        writing.get();

        assertThat(seen).containsExactlyElementsOf(sequences(first + 1, target));
    }

    @Test
    void beginsWithWhatHappensNowWhenNothingElseIsAsked() throws Exception {
        try (EventStream now = EventStream.open(SERVICE, "/events");
                EventStream all = EventStream.open(SERVICE, "/api/events?after=0");
                EventStream resumed = EventStream.open(SERVICE, "/events?after=0", "Last-Event-ID", "1")) {
            long sequence = SERVICE.adjust("FEED", "NOW", 1).number("sequence");

            assertThat(now.next()).isEqualTo(sequence);
            assertThat(all.next()).isEqualTo(1);
            assertThat(resumed.next()).isEqualTo(2);
        }
    }

    @Test
    void letsWritersGoOnWhileAFollowerDoesNotRead() throws Exception {
        try (Socket deaf = SERVICE.connectNarrowly()) {
            followWithoutReading(deaf);
            long before = durable();

            write(8, 250);

            assertThat(durable()).isEqualTo(before + 2000);
        }
    }

    @Test
    void refusesBadPositionsBeforeAStreamBegins() {
        for (String id : List.of("x", "-1", "1.5", "1.abcdefg0", "1.ABCDEF00", "1.", "01")) {
            Reply reply = SERVICE.get("/events", "Accept", STREAM, "Last-Event-ID", id);
            assertThat(reply.isProblem("invalid-request")).as(reply.toString()).isTrue();
            assertThat(reply.text("field")).isEqualTo("Last-Event-ID");
        }
        assertThat(SERVICE.get("/events?after=x", "Accept", STREAM).text("field"))
                .isEqualTo("after");
        assertThat(SERVICE.get("/events?limit=0").text("field")).isEqualTo("limit");
    }

    @Test
    void answersHeadWithoutFollowing() throws Exception {
        try (Socket socket = SERVICE.connect()) {
            String head = "HEAD /events HTTP/1.1\r\nHost: localhost\r\nAccept: " + STREAM + "\r\n\r\n";
            String next = "GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write((head + next).getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith("{\"status\":\"ok\"}");
        }
    }

    @Test
    void endsStreamsWhenTheServiceStopsAndDoesNotWaitForThem() throws Exception {
        try (EventStream first = EventStream.open(SERVICE, "/events");
                EventStream second = EventStream.open(SERVICE, "/events")) {
            CountDownLatch reading = new CountDownLatch(1);
            Future<Long> end = background.submit(() -> {
                reading.countDown();
                return first.next();
            });
            reading.await();

            // They end at once; that they hang for good is what this minute is for.
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(SERVICE::stop, background);
            try {
                assertThat(stopped).succeedsWithin(Duration.ofMinutes(1));
                assertThat(end.get()).isNull();
                assertThat(second.next()).isNull();
            } finally {
                stopped.join();
                SERVICE.start();
            }
        }
    }

    @Test
    void stopsThoughAFollowerDoesNotRead() throws Exception {
        try (Socket deaf = SERVICE.connectNarrowly()) {
            followWithoutReading(deaf);
            write(8, 250);

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(SERVICE::stop, background);
            try {
                assertThat(stopped).succeedsWithin(Duration.ofMinutes(1));
            } finally {
                stopped.join();
                SERVICE.start();
            }
        }
    }

    private static void followWithoutReading(Socket socket) throws IOException {
        String request = "GET /events?after=0 HTTP/1.1\r\nHost: localhost\r\nAccept: " + STREAM + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(int clients, int changes) throws Exception {
        List<Reply> last = AtOnce.clients(clients, client -> {
            for (int i = 1; i < changes; i++) {
                acknowledged(SERVICE.adjust("FEED", "SKU-" + i % 7, 1));
            }
            return SERVICE.adjust("FEED", "CLIENT-" + client, 1);
        });
        last.forEach(FeedTest::acknowledged);
    }

    private static void acknowledged(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isIn(200, 201);
    }

    private static long durable() {
        return SERVICE.get("/health/readiness").number("durableSequence");
    }

    private static List<Long> sequences(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
