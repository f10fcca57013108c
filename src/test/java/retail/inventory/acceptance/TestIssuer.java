package retail.inventory.acceptance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real issuer of tokens, Spring's authorization server, on a port of this machine; its clients are machines, each with the
 * grants that it was registered with. It can go away and come back, and change its keys.
 */
public final class TestIssuer implements AfterAllCallback {

    /** What tokens name the service by. */
    public static final String AUDIENCE = "inventory";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RSAKey> keys = new CopyOnWriteArrayList<>();
    private final AtomicInteger keysAsked = new AtomicInteger();
    private @Nullable AnnotationConfigServletWebServerApplicationContext server;
    private int port;

    /** Runs, with one key. */
    public TestIssuer() {
        addKey();
        start();
    }

    @Override
    public void afterAll(ExtensionContext test) {
        stop();
        http.close();
    }

    /** What the service is told of it. */
    public String[] settings() {
        return new String[] {
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.access.jwt-issuer=" + url(),
            "--inventory.access.jwt-audience=" + AUDIENCE
        };
    }

    /** Its name. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Signs by another key from now on. */
    void addKey() {
        try {
            keys.add(new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .generate());
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes back all keys but the latest. */
    void withdrawOldKeys() {
        keys.subList(0, keys.size() - 1).clear();
    }

    /** By which it signs. */
    public RSAKey key() {
        return keys.getLast();
    }

    /** Those that it shows. */
    JWKSet keys() {
        return new JWKSet(List.copyOf(keys));
    }

    int port() {
        return port;
    }

    /** How often somebody wanted its keys. */
    AtomicInteger keysAsked() {
        return keysAsked;
    }

    /** Comes back, with the keys that it had, where it was. */
    void start() {
        AnnotationConfigServletWebServerApplicationContext starting =
                new AnnotationConfigServletWebServerApplicationContext();
        starting.registerBean(TestIssuer.class, () -> this);
        starting.register(IssuerServer.class);
        starting.refresh();
        server = starting;
        port = Objects.requireNonNull(starting.getWebServer()).getPort();
    }

    /** Goes away. */
    public void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** A new token for a client, got as clients get it. */
    String token(String client) {
        IssuerServer.Client known = IssuerServer.client(client);
        String secret = Base64.getEncoder().encodeToString((client + ":" + client).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/oauth2/token"))
                .header("Authorization", "Basic " + secret)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&scope=" + Encoded.text(String.join(" ", known.scopes()))))
                .build();
        try {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            return JsonMapper.shared().readTree(answer).get("access_token").asString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The headers of a request with a new token. */
    public String[] as(String client) {
        return new String[] {"Authorization", "Bearer " + token(client)};
    }
}
