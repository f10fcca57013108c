package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import retail.inventory.admission.Admission;

/** Clients that begin to send a body and then nothing more, or too much, or many at once. */
@Isolated("it changes what the process logs")
class SilentClientsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    /** All at once, for each takes five seconds. */
    @Test
    void silenceIsWaitedForAsLongAsTheInterfaceSaysAndTheLogSaysTheSame() throws IOException {
        Map<String, Socket> clients = new LinkedHashMap<>();
        try (LogLines lines = new LogLines()) {
            long start = System.nanoTime();
            clients.put("announced", half("adjust", "Content-Length: 11", "{\"de"));
            clients.put("nothing", half("adjust", "Content-Length: 11", ""));
            clients.put("chunked", half("reserve", "Transfer-Encoding: chunked", "4\r\n{\"de"));
            clients.put("unknown", half("no-such-verb", "Content-Length: 11", "{"));
            for (Map.Entry<String, Socket> client : clients.entrySet()) {
                Reply reply = RawReply.read(client.getValue().getInputStream());
                assertThat(reply.status()).as(client.getKey()).isEqualTo(408);
                assertThat(reply.isProblem("request-timeout"))
                        .as(reply.toString())
                        .isTrue();
                assertThat(reply.text("detail")).contains("Nothing was changed");
                assertThat(reply.text("instance")).startsWith("/stores/S1/inventory/SILENT/");
                var line = lines.of(reply.text("requestId")).getFirst();
                assertThat(line.path("reason").asString()).isEqualTo("request-timeout");
                assertThat(line.path("status").asInt()).isEqualTo(408);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("not five seconds for each read of what is left, nor the web server's time-out")
                    .isLessThan(Duration.ofSeconds(14));
        } finally {
            for (Socket client : clients.values()) {
                client.close();
            }
        }
        assertThat(SERVICE.read("S1", "SILENT").status()).isEqualTo(404);
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedBeforeItComesWhenItIsAnnounced() throws IOException {
        try (Socket client = half("adjust", "Content-Length: 4097", "")) {
            client.shutdownOutput();
            Reply reply = RawReply.read(client.getInputStream());
            assertThat(reply.isProblem("body-too-large")).as(reply.toString()).isTrue();
            assertThat(reply.text("detail")).contains("4096 bytes");
        }
        String spaces = " ".repeat(4096 - "{\"delta\":1}".length());
        assertThat(SERVICE.post(RunningService.path("S1", "LARGE") + "/adjust", "{\"delta\":1}" + spaces)
                        .status())
                .isEqualTo(201);
        assertThat(SERVICE.post(RunningService.path("S1", "LARGE") + "/adjust", "{\"delta\":1} " + spaces)
                        .isProblem("body-too-large"))
                .isTrue();
    }

    @Test
    void bodiesOfAllClientsTogetherAreBounded() throws IOException {
        var bodies = SERVICE.bean(Admission.class).bodies();
        await().until(() -> bodies.held() == 0);
        assertThat(bodies.take(bodies.bytes() - 5)).isTrue();
        Reply refused;
        try {
            refused = SERVICE.adjust("S1", "BUDGET", 1);
            assertThat(SERVICE.read("S1", "BUDGET").status()).as("reads go on").isEqualTo(404);
            assertThat(SERVICE.get("/health/readiness").status()).isEqualTo(200);
        } finally {
            bodies.giveBack(bodies.bytes() - 5);
        }
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.isProblem("overloaded")).isTrue();
        assertThat(refused.header("retry-after")).isEqualTo("1");
        assertThat(refused.text("detail")).contains("Nothing was changed");
        assertThat(SERVICE.adjust("S1", "BUDGET", 1).status()).isEqualTo(201);
        await().until(() -> bodies.held() == 0);
    }

    @Test
    void anAnnouncedLengthTakesNothingFromTheBudget() throws IOException {
        try (Socket client = half("adjust", "Content-Length: 4096", "")) {
            SERVICE.adjust("S1", "OTHER", 1);
            assertThat(client.isConnected()).isTrue();
            await().until(() -> SERVICE.bean(Admission.class).bodies().held() == 0);
        }
    }

    private static Socket half(String verb, String length, String body) throws IOException {
        Socket client = SERVICE.connect();
        client.getOutputStream()
                .write(("POST /stores/S1/inventory/SILENT/" + verb + " HTTP/1.1\r\nHost: x\r\n"
                                + "Content-Type: application/json\r\n" + length + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
