package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an issuer's keys are read, and what is not followed. */
class IssuerPagesTest {

    private static final RSAKey KEY = MadeTokens.newKey("first");
    private static final String CONFIGURATION = "/shop/.well-known/openid-configuration";

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;
    private String origin;

    @TempDir
    private Path directory;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin = "http://127.0.0.1:" + server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String page = pages.getOrDefault(exchange.getRequestURI().getPath(), "404");
            if (page.startsWith("to ")) {
                exchange.getResponseHeaders().set("Location", page.substring(3));
                exchange.sendResponseHeaders(302, -1);
            } else if (page.equals("404")) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, page.equals("slow") ? 1000 : page.length());
                OutputStream body = exchange.getResponseBody();
                body.write(page.getBytes(StandardCharsets.US_ASCII));
                body.flush();
                waitWhenSlow(page);
            }
            exchange.close();
        });
        server.start();
        pages.put("/keys", new JWKSet(KEY).toString());
        say(origin + "/shop", origin + "/keys");
    }

    private void waitWhenSlow(String page) {
        try {
            if (page.equals("slow") && end.await(20, TimeUnit.SECONDS)) {
                end.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.close();
    }

    private void say(String issuer, String keys) {
        pages.put(CONFIGURATION, "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}");
    }

    private IssuerPages pages(String keys) {
        return new IssuerPages(TokenSettings.of(
                origin + "/shop", "inventory", keys, new ClaimedGrants.Names("scope", "stores", "roles")));
    }

    private void requireRefused(String keys, String why) {
        assertThatThrownBy(() -> pages(keys).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theIssuerSaysWhereItsKeysAre() throws IOException {
        IssuerPages all = pages("");
        JWKSet keys = all.read();
        assertThat(keys.getKeys()).containsExactly(KEY.toPublicJWK());
        pages.remove(CONFIGURATION);
        assertThat(all.read()).as("it has said it").isEqualTo(keys);
        requireRefused("", CONFIGURATION + " answers 404");
    }

    @Test
    void orTheOperatorDoes() throws IOException {
        pages.remove(CONFIGURATION);
        assertThat(pages(origin + "/keys").read().size()).isEqualTo(1);
        Path file = directory.resolve("keys.json");
        Files.writeString(file, pages.get("/keys"));
        server.stop(0);
        assertThat(pages(file.toString()).read().size()).isEqualTo(1);
        Files.writeString(file, "{}");
        requireRefused(file.toString(), "no set of keys");
    }

    @Test
    void aConfigurationOfAnotherIssuerIsRefused() {
        say("https://id.example", origin + "/keys");
        requireRefused("", "another issuer, https://id.example");
        pages.put(CONFIGURATION, "{");
        requireRefused("", "no OpenID configuration");
    }

    @Test
    void keysOfAnotherOriginAreNotAskedFor() {
        for (String elsewhere : new String[] {"https://127.0.0.1/keys", "http://localhost:1/keys", "/keys", ""}) {
            say(origin + "/shop", elsewhere);
            requireRefused("", "not of the issuer's origin");
        }
        pages.put(CONFIGURATION, "{\"issuer\":\"" + origin + "/shop\"}");
        requireRefused("", "not of the issuer's origin");
    }

    @Test
    void aPageThatPointsElsewhereIsNotFollowed() {
        pages.put("/moved", "to " + origin + "/keys");
        requireRefused(origin + "/moved", "/moved answers 302");
    }

    @Test
    void aPageThatIsLargeOrNoKeysIsRefused() throws IOException {
        pages.put("/large", "{\"keys\":[]}" + " ".repeat(64 * 1024 - 11));
        assertThat(pages(origin + "/large").read().size()).isZero();
        pages.put("/large", "{\"keys\":[]}" + " ".repeat(64 * 1024 - 10));
        requireRefused(origin + "/large", "cannot be read");
        pages.put("/text", "keys");
        requireRefused(origin + "/text", "no set of keys");
    }

    @Test
    void aPageThatNeverEndsIsWaitedForTwoSeconds() {
        pages.put("/slow", "slow");
        long began = System.nanoTime();
        requireRefused(origin + "/slow", "does not answer within 2 s");
        assertThat(System.nanoTime() - began).isBetween(1_900_000_000L, 8_000_000_000L);
    }
}
