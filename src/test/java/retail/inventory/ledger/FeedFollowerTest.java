package retail.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import retail.inventory.ledger.FeedFollower.Source;

class FeedFollowerTest {

    private static final int EVENTS = 100;

    private final List<String> complaints = new ArrayList<>();

    @Test
    void goesOnAfterTheLastEventWhoeverCutTheConnection() throws IOException {
        FeedFollower follower = followed(FakeEvents.Fault.NONE, 14);

        assertThat(follower.position()).isEqualTo(EVENTS);
        assertThat(complaints).isEmpty();
        assertThat(follower.cuts().byItself() + follower.cuts().byKills()).isGreaterThanOrEqualTo(EVENTS / 7);
        assertThat(follower.cuts().otherwise()).isZero();
    }

    @Test
    void countsItsOwnCuts() throws IOException {
        FeedFollower follower = followed(FakeEvents.Fault.NONE, 1);

        assertThat(follower.cuts().byItself()).isEqualTo(EVENTS - 1);
        assertThat(follower.cuts().byKills()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAVES_ONE_OUT", "REPEATS_ONE"})
    void complainsOfFeedThatDoesNotGoOnAfterTheLastEvent(FakeEvents.Fault fault) throws IOException {
        assertThat(followed(fault, 14).check().wrong()).isPositive();
    }

    @Test
    void stopsAtAnswerThatNoFollowerMayCause() {
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> followed(FakeEvents.Fault.BREAKS, 14))
                .withMessageContaining("answered by 500");
    }

    private FeedFollower followed(FakeEvents.Fault fault, long eventsPerConnectionMax) throws IOException {
        try (FakeEvents events = new FakeEvents(EVENTS, fault)) {
            FeedCheck check = new FeedCheck(complaints::add);
            FeedFollower follower = new FeedFollower(events::source, EVENTS, eventsPerConnectionMax, check);
            follower.run();
            return follower;
        }
    }

    /** A feed of one key's changes, which ends each stream after a few events, with one fault planted on request. */
    static final class FakeEvents implements AutoCloseable {

        private static final int EVENTS_PER_STREAM = 7;

        enum Fault {
            NONE,
            /** Goes on after the event that comes next, unless that is the last. */
            LEAVES_ONE_OUT,
            /** Goes on with the event that the client has. */
            REPEATS_ONE,
            /** Answers 500. */
            BREAKS
        }

        private final int events;
        private final Fault fault;
        private final HttpServer server;
        private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

        FakeEvents(int events, Fault fault) throws IOException {
            this.events = events;
            this.fault = fault;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(executor);
            server.createContext("/events", this::handle);
            server.start();
        }

        /** Where it is; a cut counts as that of a kill. */
        Source source() {
            URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            return new Source(Optional.of(url), () -> true);
        }

        @Override
        public void close() {
            server.stop(0);
            executor.close();
        }

        private void handle(HttpExchange exchange) throws IOException {
            try (exchange) {
                if (fault == Fault.BREAKS) {
                    exchange.sendResponseHeaders(500, -1);
                    return;
                }
                int after = Integer.parseInt(
                        String.join("", exchange.getRequestHeaders().getOrDefault("Last-Event-ID", List.of())));
                int first = switch (fault) {
                    case LEAVES_ONE_OUT -> after == 0 ? 1 : Math.min(after + 2, events);
                    case REPEATS_ONE -> Math.max(1, after);
                    case NONE, BREAKS -> after + 1;
                };
                exchange.sendResponseHeaders(200, 0);
                int end = Math.min(events, first + EVENTS_PER_STREAM - 1);
                for (int sequence = first; sequence <= end; sequence++) {
                    exchange.getResponseBody().write(text(sequence).getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                }
                // A cut does not wait for the end of an event.
                exchange.getResponseBody().write("id: 9\ndata: {\"seq".getBytes(StandardCharsets.UTF_8));
            }
        }

        private static String text(int sequence) {
            return ("id: %1$d\ndata: {\"sequence\":%1$d,\"ts\":\"2026-11-22T10:00:00.123Z\",\"movements\":[{\"storeId\":\"eire\","
                            + "\"sku\":\"A\",\"delta\":2,\"qty\":%2$d,\"version\":%1$d}]}\n\n")
                    .formatted(sequence, 2 * sequence);
        }
    }
}
