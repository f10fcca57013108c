package retail.inventory.prove;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.History;
import retail.inventory.history.HttpOutcome;
import retail.inventory.history.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One client: sends a request until it is decided, each sending an operation of the history. Waits when it is told to. Not
 * thread-safe.
 */
final class ProvingClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int ATTEMPTS_MAX = 120;
    private static final int REQUEST_TIMEOUT = 408;
    private static final long PAUSE_MS_MAX = 10_000;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI baseUrl;
    private final String store;
    private final History history;
    private final Waits waits;
    private long numbers;

    /** A whole answer. */
    record Answer(
            int status,
            String body,
            boolean replayed,
            @Nullable String retryAfter) {

        private static Answer of(HttpResponse<String> response) {
            return new Answer(
                    response.statusCode(),
                    response.body(),
                    response.headers().firstValue("Idempotency-Replayed").isPresent(),
                    response.headers().firstValue("Retry-After").orElse(null));
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        boolean isProblem(String slug) {
            return body.contains("\"urn:inventory:problem:" + slug + "\"");
        }

        long number(String member) {
            JsonNode value = json().path(member);
            require(value.isIntegralNumber(), "there is a number " + member);
            return value.asLong();
        }

        void require(boolean holds, String what) {
            if (!holds) {
                throw new ProofFailedException(what + ", but the answer was " + status + " " + body);
            }
        }
    }

    /** How often clients were sent away; shared by all of them. */
    static final class Waits {
        private final LongAdder limited = new LongAdder();
        private final LongAdder unavailable = new LongAdder();
        private final LongAdder broken = new LongAdder();

        long limited() {
            return limited.sum();
        }

        long unavailable() {
            return unavailable.sum();
        }

        long broken() {
            return broken.sum();
        }
    }

    private interface Sending {
        Answer once() throws IOException;
    }

    ProvingClient(HttpClient http, URI baseUrl, String store, History history, Waits waits) {
        this.http = http;
        this.baseUrl = baseUrl;
        this.store = store;
        this.history = history;
        this.waits = waits;
    }

    String store() {
        return store;
    }

    /** A delivery when units come in, else a sale, sent until it is decided; with a key, so that nothing is left open. */
    Answer change(String sku, long delta, @Nullable Long expectedVersion, String key) {
        String version = expectedVersion == null ? "" : ",\"expectedVersion\":" + expectedVersion;
        String json = (delta > 0 ? "{\"delta\":" + delta : "{\"qty\":" + -delta) + version + "}";
        HttpRequest request = to(path(sku) + (delta > 0 ? "/adjust" : "/reserve"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(json))
                .build();
        return decided(() -> history.changes(store + "/" + sku, delta, expectedVersion, key), request);
    }

    /** The record of a SKU. */
    Answer read(String sku) {
        return decided(() -> history.reads(store + "/" + sku), to(path(sku)).build());
    }

    /** A change that the history does not keep, sent until it is decided; with a key, so that it has one effect. */
    Answer write(String method, String path, String json, String key) {
        HttpRequest request = to(path).header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .method(method, BodyPublishers.ofString(json))
                .build();
        return answered(
                () -> Answer.of(send(request, BodyHandlers.ofString())),
                answer -> answer.status() < 500 && answer.status() != REQUEST_TIMEOUT);
    }

    /** 1, 2, 3, …: for keys. */
    long nextNumber() {
        return ++numbers;
    }

    /** Something that is no operation on stock, asked until it is answered by something else than "later". */
    Answer get(String path) {
        return answered(() -> once(path), answer -> answer.status() != 503);
    }

    /** The same, asked once. */
    Answer once(String path) throws IOException {
        return Answer.of(send(to(path).build(), BodyHandlers.ofString()));
    }

    /** The feed as a stream, behind a sequence; who asks closes its body. */
    HttpResponse<InputStream> stream(long after) throws IOException {
        return send(
                to("/events")
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", Long.toString(after))
                        .build(),
                BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(ANSWER_TIMEOUT);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private String path(String sku) {
        return "/stores/" + store + "/inventory/" + sku;
    }

    private Answer decided(Supplier<Operation> begins, HttpRequest request) {
        Operation[] operation = new Operation[1];
        return answered(
                () -> {
                    operation[0] = begins.get();
                    return Answer.of(send(request, BodyHandlers.ofString()));
                },
                answer -> HttpOutcome.tell(operation[0], answer.status(), answer.replayed(), answer.body()));
    }

    private Answer answered(Sending sending, Predicate<Answer> isEnough) {
        String last = "";
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            long pauseMs = 200;
            try {
                Answer answer = sending.once();
                if (isEnough.test(answer) && answer.status() != 429) {
                    return answer;
                }
                (answer.status() == 429 ? waits.limited : waits.unavailable).increment();
                pauseMs = retryAfterMs(answer, pauseMs);
                last = answer.status() + " " + answer.body();
            } catch (IOException e) {
                waits.broken.increment();
                last = e.toString();
            }
            pause(pauseMs);
        }
        throw new ProofFailedException(
                "a request was not decided in " + ATTEMPTS_MAX + " tries, the last one: " + last);
    }

    private static long retryAfterMs(Answer answer, long otherwiseMs) {
        String seconds = answer.retryAfter() == null ? "" : answer.retryAfter();
        return seconds.matches("\\d{1,4}") ? Math.min(PAUSE_MS_MAX, Long.parseLong(seconds) * 1000) : otherwiseMs;
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static ProofFailedException interrupted() {
        Thread.currentThread().interrupt();
        return new ProofFailedException("interrupted");
    }
}
