package retail.inventory.ledger;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import tools.jackson.databind.JsonNode;

/**
 * Asks one process of the service until it is decided: what is answered by 503 or 429, or by nothing, is sent again, with
 * the same key, so that it has one effect. Safe for any number of threads.
 */
final class ReplayClient implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 20;
    private static final long FIRST_PAUSE_MS = 50;
    private static final long MAX_PAUSE_MS = 5_000;
    private static final int PAGE_RECORDS = 1_000;

    private final URI baseUrl;
    private final Client client;
    private final LongAdder retries = new LongAdder();

    private interface Request {
        Answer send() throws IOException;
    }

    ReplayClient(URI baseUrl) {
        this.baseUrl = baseUrl;
        this.client = new Client(baseUrl);
    }

    /** Delivers, or sells when the units are negative; whether that was accepted. */
    boolean change(LedgerKey key, boolean sale, long amount, String idempotencyKey) throws InterruptedException {
        String what = (sale ? "A sale of " : "An adjustment by ") + amount + " of " + key;
        Answer answer = decided(
                what,
                () -> sale
                        ? client.reserve(key.store(), key.sku(), amount, idempotencyKey)
                        : client.adjust(key.store(), key.sku(), amount, idempotencyKey));
        boolean refused = Set.of("unknown-sku", "insufficient-stock").contains(answer.problem());
        if (!answer.accepted() && !refused) {
            throw unexpected(what, answer);
        }
        return answer.accepted();
    }

    /** All that a store holds, by SKU, read page by page. */
    Map<String, Held> stock(String store) throws InterruptedException {
        Map<String, Held> stock = new TreeMap<>();
        String from = "/stores/" + Client.encoded(store) + "/inventory?limit=" + PAGE_RECORDS;
        for (String after = ""; after != null; ) {
            String path = after.isEmpty() ? from : from + "&after=" + Client.encoded(after);
            Answer answer = get(path);
            if (answer.problem().equals("unknown-store")) {
                return stock;
            }
            if (answer.status() != 200) {
                throw unexpected("GET " + path, answer);
            }
            JsonNode page = Held.json(answer.body());
            for (JsonNode record : page.path("records")) {
                if (stock.put(record.path("sku").asString(), Held.of(record)) != null) {
                    throw new ReplayException("Two pages of %s hold '%s'.".formatted(store, record.path("sku")));
                }
            }
            after = next(page, after, store);
        }
        return stock;
    }

    private static @Nullable String next(JsonNode page, String after, String store) {
        String next = page.path("next").asString("");
        if (!next.isEmpty() && next.compareTo(after) <= 0) {
            throw new ReplayException("Page after '%s' of %s leads back to '%s'.".formatted(after, store, next));
        }
        return next.isEmpty() ? null : next;
    }

    /** Reads anything. */
    Answer get(String path) throws InterruptedException {
        return decided("GET " + path, () -> client.get(path));
    }

    void requireReachable() {
        try {
            client.connect().close();
        } catch (IOException e) {
            throw new ReplayException("The service at %s is not reachable: %s.".formatted(baseUrl, e), e);
        }
    }

    /** How often something was sent again. */
    long retries() {
        return retries.sum();
    }

    @Override
    public void close() {
        client.close();
    }

    private Answer decided(String what, Request request) throws InterruptedException {
        String lastFailure = "";
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            long pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS << (attempt - 1));
            try {
                Answer answer = request.send();
                if (answer.status() != 503 && answer.status() != 429) {
                    return answer;
                }
                lastFailure = answer.toString();
                String seconds = answer.headers().getOrDefault("retry-after", "");
                pauseMs =
                        seconds.matches("\\d{1,4}") ? Math.min(MAX_PAUSE_MS, Long.parseLong(seconds) * 1_000) : pauseMs;
            } catch (IOException e) {
                lastFailure = e.toString();
            }
            retries.increment();
            Thread.sleep(pauseMs);
        }
        throw new ReplayException("%s was still undecided after %d attempts, the last one: %s."
                .formatted(what, MAX_ATTEMPTS, lastFailure));
    }

    private static ReplayException unexpected(String what, Answer answer) {
        return new ReplayException(
                "%s was answered by %s, which no line of a ledger may cause".formatted(what, answer));
    }
}
