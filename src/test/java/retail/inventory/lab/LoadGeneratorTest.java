package retail.inventory.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpServer server;

    LoadGeneratorTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
    }

    @AfterEach
    void stop() {
        released.countDown(); // a test that failed may have left it
        server.stop(0);
        executor.close();
    }

    @Test
    void sendsOnScheduleAndTellsTheAnswersApart() throws IOException {
        AtomicInteger count = new AtomicInteger();
        serve(exchange -> {
            switch (count.getAndIncrement() % 4) {
                case 0, 1 -> answer(exchange, 200, "{}");
                case 2 -> answer(exchange, 503, "{\"type\":\"urn:inventory:problem:overloaded\"}");
                default -> answer(exchange, 500, "broken");
            }
        });
        try (LoadGenerator generator = generator()) {
            Outcomes outcomes = generator.run(new Pace.Open(80, 10), HALF_A_SECOND);
            generator.drain();
            int sent = count.get();
            assertThat(sent + outcomes.count(Outcome.UNSENT)).isEqualTo(40);
            assertThat(outcomes.count(Outcome.ACCEPTED)).isEqualTo((sent + 3) / 4 + (sent + 2) / 4);
            assertThat(outcomes.count(Outcome.REJECTED)).isEqualTo((sent + 1) / 4);
            assertThat(outcomes.count(Outcome.FAILED)).isPositive().isEqualTo(sent / 4);
            assertThat(outcomes.plannedPerSecond()).isEqualTo(80);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("broken");
    }

    @Test
    void opensAConnectionAnewAfterAnAnswerThatClosedIt() throws IOException {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, 200, "{}");
        });
        try (LoadGenerator generator = generator()) {
            Outcomes outcomes = generator.run(new Pace.Open(40, 1), HALF_A_SECOND);
            generator.drain();
            long accepted = outcomes.count(Outcome.ACCEPTED);
            assertThat(accepted + outcomes.count(Outcome.UNSENT))
                    .as("a slow machine has no connection when one is due")
                    .isEqualTo(20);
            assertThat(generator.opened()).isGreaterThan(1).isBetween(accepted, accepted + 1);
            assertThat(generator.open()).isZero();
        }
    }

    @Test
    void countsWhatWasDueAndFoundNoConnection() throws IOException {
        serve(exchange -> {
            awaitUninterruptibly(released);
            answer(exchange, 200, "{}");
        });
        try (LoadGenerator generator = generator()) {
            Outcomes outcomes = generator.run(new Pace.Open(20, 2), HALF_A_SECOND);
            long unsent = outcomes.count(Outcome.UNSENT);
            assertThat(unsent).isGreaterThanOrEqualTo(8).isLessThan(10);
            released.countDown();
            generator.drain();
            assertThat(outcomes.count(Outcome.ACCEPTED)).isEqualTo(10 - unsent);
            assertThat(outcomes.perSecond(Outcome.ACCEPTED)).isZero();
        }
    }

    @Test
    void aClosedLoadKeepsItsConnectionsBusy() throws IOException {
        serve(exchange -> answer(exchange, 200, "{}"));
        try (LoadGenerator generator = generator()) {
            Outcomes outcomes = generator.run(new Pace.Closed(3), HALF_A_SECOND);
            generator.drain();
            assertThat(generator.opened()).isEqualTo(3);
            assertThat(outcomes.count(Outcome.ACCEPTED)).isPositive().isEqualTo(outcomes.sent());
        }
    }

    private void serve(HttpHandler handler) {
        server.createContext("/", handler);
        server.start();
    }

    private LoadGenerator generator() throws IOException {
        Findings failures = new Findings(new PrintStream(printed, true, StandardCharsets.UTF_8));
        URI baseUrl = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        Requests adjusts = Requests.encoded(1, _ -> Requests.post(baseUrl, "/adjust", null, "{}"), () -> 0);
        return new LoadGenerator(baseUrl, adjusts, failures);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
