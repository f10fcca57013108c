package retail.inventory.process;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A store's back end that talks to the service. */
public final class Client {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final URI base;

    public Client(URI base) {
        this.base = base;
    }

    /** Where the service is. */
    URI base() {
        return base;
    }

    /**
     * An answer.
     *
     * @param replayed whether it is marked as the recorded answer to an earlier request
     */
    public record Reply(int status, boolean replayed, Map<String, Object> body) {

        public String text(String member) {
            return String.valueOf(body.get(member));
        }

        public long number(String member) {
            return Long.parseLong(text(member));
        }
    }

    public Reply adjust(String store, String sku, long delta, @Nullable String key) throws IOException {
        return change(store, sku, "adjust", "{\"delta\":" + delta + "}", key);
    }

    public Reply reserve(String store, String sku, long qty, @Nullable String key) throws IOException {
        return change(store, sku, "reserve", "{\"qty\":" + qty + "}", key);
    }

    public Reply get(String path) throws IOException {
        return send(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    public Map<String, Object> record(String store, String sku) throws IOException {
        return send(HttpRequest.newBuilder(path(store, sku)).GET()).body();
    }

    /** Sends a change with a body of one's own. */
    public Reply change(String store, String sku, String action, String body, @Nullable String key) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path(store, sku) + "/" + action))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(key == null ? request : request.header("Idempotency-Key", key));
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response =
                    HTTP.send(request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Idempotency-Replayed").isPresent(),
                    JSON.readValue(response.body(), OBJECT));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private URI path(String store, String sku) {
        String encoded = URLEncoder.encode(sku, StandardCharsets.UTF_8).replace("+", "%20");
        return base.resolve("/stores/" + store + "/inventory/" + encoded);
    }
}
