package retail.inventory.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientTest {

    private final AtomicInteger requests = new AtomicInteger();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private final Client client;
    private volatile boolean dropsNext;

    ClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            connections.add(exchange.getRemoteAddress());
            exchange.getRequestBody().readAllBytes();
            if (dropsNext) {
                dropsNext = false;
                exchange.close(); // unanswered
                return;
            }
            byte[] body = ("{\"path\":\"" + exchange.getRequestURI().getRawPath() + "\",\"n\":3}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("GET") ? 0 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        client = new Client(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base/"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void keepsItsConnection() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(client.record("S1", "a/b c").text("path")).isEqualTo("/base/stores/S1/inventory/a%2Fb%20c");
            assertThat(client.adjust("S1", "A", 1, "key").number("n")).isEqualTo(3);
        }
        assertThat(connections).hasSize(1);
    }

    @Test
    void readsAgainOnANewConnectionWhenTheOldOneEnded() throws IOException {
        client.get("/a");
        dropsNext = true;
        assertThat(client.get("/b").accepted()).isTrue();
        assertThat(connections).hasSize(2);
        assertThat(requests).hasValue(3);
    }

    @Test
    void sendsNoChangeTwiceOfWhichNobodyKnows() throws IOException {
        client.adjust("S1", "A", 1, null);
        dropsNext = true;
        assertThatExceptionOfType(IdleConnectionEndedException.class)
                .isThrownBy(() -> client.adjust("S1", "A", 1, null));
        assertThat(requests).hasValue(2);
        assertThat(client.adjust("S1", "A", 1, null).accepted()).isTrue();
    }

    /** The service cannot have taken a new connection for an idle one. */
    @Test
    void newConnectionThatEndsIsNoIdleOne() {
        dropsNext = true;
        assertThatIOException()
                .isThrownBy(() -> client.adjust("S1", "A", 1, null))
                .isNotInstanceOf(IdleConnectionEndedException.class);
    }
}
