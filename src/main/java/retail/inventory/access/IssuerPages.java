package retail.inventory.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's keys, from its pages or a file: the page that it names in its OpenID configuration, unless one was set. Nobody
 * else is asked: a page must be of the issuer's origin, and one that points elsewhere is not followed.
 */
final class IssuerPages implements KeySetSource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int BYTES_MAX = 64 * 1024;
    private static final int OK = 200;
    private static final String CONFIGURATION = "/.well-known/openid-configuration";

    private final TokenSettings settings;

    /** Of the keys; null = not known yet. It is asked for once, for it changes less often than the keys. */
    private @Nullable URI page;

    IssuerPages(TokenSettings settings) {
        this.settings = settings;
        this.page = settings.keysPage();
    }

    @Override
    public JWKSet read() throws IOException {
        if (settings.keysFile() != null) {
            return keys(text(Files.readAllBytes(settings.keysFile())), settings.keysFile());
        }
        if (page != null) {
            return keys(get(page), page);
        }
        URI found = discover();
        JWKSet keys = keys(get(found), found);
        page = found;
        return keys;
    }

    private URI discover() throws IOException {
        URI configuration = URI.create(settings.issuer().replaceFirst("/+$", "") + CONFIGURATION);
        String text = get(configuration);
        try {
            Map<String, Object> said = JSONObjectUtils.parse(text);
            String issuer = JSONObjectUtils.getString(said, "issuer");
            if (!settings.issuer().equals(issuer)) {
                throw new IOException(configuration + " is the configuration of another issuer, " + issuer
                        + ": set ACCESS_JWT_ISSUER to exactly what stands there");
            }
            URI found = JSONObjectUtils.getURI(said, "jwks_uri");
            if (found == null
                    || !TokenSettings.isTrusted(found)
                    || !TokenSettings.isOneOrigin(URI.create(settings.issuer()), found)) {
                throw new IOException(
                        configuration + " says that the keys are at " + found
                                + ", which is not of the issuer's origin: put them into a file, and name it by ACCESS_JWT_JWKS");
            }
            return found;
        } catch (ParseException e) {
            throw new IOException(configuration + " is no OpenID configuration", e);
        }
    }

    private static JWKSet keys(String text, Object from) throws IOException {
        try {
            return JWKSet.parse(text).toPublicJWKSet();
        } catch (ParseException e) {
            throw new IOException(from + " has no set of keys (JWKS)", e);
        }
    }

    /** By a client of its own each time: it is asked a few times an hour, and a client has a thread. */
    private static String get(URI page) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        CompletableFuture<HttpResponse<byte[]>> asked = client.sendAsync(
                HttpRequest.newBuilder(page)
                        .header("Accept", "application/json")
                        .build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), BYTES_MAX));
        try {
            HttpResponse<byte[]> answer = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS); // its body too
            if (answer.statusCode() != OK) {
                throw new IOException(page + " answers " + answer.statusCode());
            }
            return text(answer.body());
        } catch (ExecutionException e) {
            throw new IOException(page + " cannot be read: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(page + " does not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + page + " was asked", e);
        } finally {
            client.shutdownNow();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
