package retail.inventory.prove;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.History;
import retail.inventory.history.HttpOutcome;
import retail.inventory.history.Operation;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Connection;

/**
 * One client on a connection of its own: sends a request until it is decided, each sending an operation of the history.
 * Waits when it is told to. Not thread-safe.
 */
final class ProvingClient implements AutoCloseable {

    private static final int ATTEMPTS_MAX = 120;
    private static final long PAUSE_MS_MAX = 10_000;

    private final URI baseUrl;
    private final String store;
    private final History history;
    private final Waits waits;
    private @Nullable Connection connection;

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

    private interface Request {
        Answer on(Connection connection) throws IOException;
    }

    ProvingClient(URI baseUrl, String store, History history, Waits waits) {
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
        String target = path(sku) + (delta > 0 ? "/adjust" : "/reserve");
        String json = (delta > 0 ? "{\"delta\":" + delta : "{\"qty\":" + -delta) + version + "}";
        return decided(
                () -> history.changes(store + "/" + sku, delta, expectedVersion, key),
                open -> open.post(target, key, json));
    }

    /** The record of a SKU. */
    Answer read(String sku) {
        return decided(() -> history.reads(store + "/" + sku), open -> open.get(path(sku)));
    }

    /** Something that is no operation on stock, asked until it is answered by something else than "later". */
    Answer get(String path) {
        return answered(open -> open.get(baseUrl.getRawPath() + path), answer -> answer.status() != 503);
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private String path(String sku) {
        return baseUrl.getRawPath() + "/stores/" + store + "/inventory/" + sku;
    }

    private Answer decided(Supplier<Operation> begins, Request request) {
        Operation[] operation = new Operation[1];
        return answered(
                open -> {
                    operation[0] = begins.get();
                    return request.on(open);
                },
                answer -> HttpOutcome.tell(
                        operation[0],
                        answer.status(),
                        answer.headers().containsKey("idempotency-replayed"),
                        answer.body()));
    }

    private Answer answered(Request request, Predicate<Answer> isEnough) {
        String last = "";
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            long pauseMs = 200;
            try {
                Answer answer = request.on(connection());
                if (answer.closesConnection()) {
                    close();
                }
                if (isEnough.test(answer) && answer.status() != 429) {
                    return answer;
                }
                (answer.status() == 429 ? waits.limited : waits.unavailable).increment();
                pauseMs = retryAfterMs(answer, pauseMs);
                last = answer.status() + " " + answer.body();
            } catch (IOException e) {
                close();
                waits.broken.increment();
                last = e.toString();
            }
            pause(pauseMs);
        }
        throw new ProofFailedException(
                "a request was not decided in " + ATTEMPTS_MAX + " tries, the last one: " + last);
    }

    private Connection connection() throws IOException {
        if (connection == null) {
            connection = new Connection(baseUrl);
        }
        return connection;
    }

    private static long retryAfterMs(Answer answer, long otherwiseMs) {
        String seconds = answer.headers().getOrDefault("retry-after", "");
        return seconds.matches("\\d{1,4}") ? Math.min(PAUSE_MS_MAX, Long.parseLong(seconds) * 1000) : otherwiseMs;
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProofFailedException("interrupted");
        }
    }
}
