package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.access.MadeTokens;

/** What no issuer should make and strangers do: all of it is answered as a bad key is, and costs nobody else anything. */
class BadTokensTest {

    @RegisterExtension
    @Order(1)
    static final TestIssuer ISSUER = new TestIssuer();

    @RegisterExtension
    @Order(2)
    static final RunningService SERVICE = new RunningService(ISSUER.settings());

    private static final MadeTokens MADE =
            new MadeTokens(ISSUER.key(), ISSUER.url(), TestIssuer.AUDIENCE, Instant::now);
    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);
    private static final AtomicInteger ELSEWHERE_ASKED = new AtomicInteger();
    private static final HttpServer ELSEWHERE = elsewhere();

    private static HttpServer elsewhere() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                ELSEWHERE_ASKED.incrementAndGet();
                byte[] keys = MadeTokens.strangersKeys().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void stock() {
        KEYS.create("admin", "--role admin");
        KEYS.awaitUse("admin");
        assertThat(SERVICE.adjust("S1", "K", 10, KEYS.as("admin")).status()).isEqualTo(201);
    }

    @AfterAll
    static void close() {
        ELSEWHERE.stop(0);
    }

    private static Reply read(String token) {
        return SERVICE.raw("GET /stores/S1/inventory/K HTTP/1.1\nHost: x\nConnection: close\nAuthorization: Bearer "
                + token + "\n\n");
    }

    @Test
    void aGoodOneIsLetIn() {
        assertThat(read(MADE.with(claims -> claims)).status()).isEqualTo(200);
        assertThat(SERVICE.read("S1", "K", ISSUER.as("till")).status()).isEqualTo(200);
    }

    @Test
    void everyOtherIsAnsweredAsABadKeyIs() {
        URI page = URI.create("http://127.0.0.1:" + ELSEWHERE.getAddress().getPort() + "/keys");
        String detail = read("invk_x").text("detail");
        Map<String, String> all = MADE.bad(page);
        all.values().removeIf(token -> token.contains("\n")); // a header ends there
        for (Map.Entry<String, String> bad : all.entrySet()) {
            Reply reply = read(bad.getValue());
            assertThat(reply.status()).as(bad.getKey()).isEqualTo(401);
            assertThat(reply.isProblem("unauthenticated")).as(bad.getKey()).isTrue();
            assertThat(reply.text("detail")).as(bad.getKey()).isEqualTo(detail);
            assertThat(reply.header("www-authenticate"))
                    .as(bad.getKey())
                    .isEqualTo("Bearer realm=\"inventory\", error=\"invalid_token\"");
        }
        assertThat(ELSEWHERE_ASKED.get()).isZero();
    }

    @Test
    void aFloodOfUnknownKeysAsksTheIssuerOnce() {
        assertThat(read(MADE.with(claims -> claims)).status()).isEqualTo(200);
        int before = ISSUER.keysAsked().get();
        for (int i = 0; i < 200; i++) {
            String id = "flood-" + i;
            assertThat(read(MADE.of(id)).status()).isEqualTo(401);
        }
        assertThat(ISSUER.keysAsked().get() - before).isLessThanOrEqualTo(1);
        assertThat(SERVICE.read("S1", "K", ISSUER.as("till")).status()).isEqualTo(200);
    }

    @Test
    void aStreamEndsWithItsToken() throws IOException {
        String token = MADE.with(claims -> claims.expirationTime(
                        Date.from(Instant.now().minus(Duration.ofSeconds(27)))) // and half a minute for clocks
                .claim("scope", "inventory:feed")
                .claim("inventory_stores", "*"));
        String[] headers = {"Connection", "close", "Authorization", "Bearer " + token};
        assertThat(SERVICE.get("/events", headers[2], headers[3]).status()).isEqualTo(200);
        try (EventStream stream = EventStream.open(SERVICE, "/events", headers)) {
            while (SERVICE.get("/events", headers[2], headers[3]).status() != 401) {
                Thread.onSpinWait();
            }
            SERVICE.adjust("S1", "K", 1, KEYS.as("admin")); // else it would notice with its next heartbeat
            assertThat(stream.nextId()).isNull();
        }
    }
}
