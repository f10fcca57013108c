package retail.inventory.ledger;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Moments;

/**
 * Asks one process of the service until it is decided: what is answered by 503 or 429, or by nothing, is sent again, with
 * the same key, so that it has one effect. Safe for any number of threads.
 */
final class ReplayClient implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 20;
    private static final long FIRST_PAUSE_MS = 50;
    private static final long MAX_PAUSE_MS = 5_000;

    private final Client client;
    private final LongAdder retries = new LongAdder();

    private interface Request {
        Answer send() throws IOException;
    }

    ReplayClient(URI baseUrl) {
        this.client = new Client(baseUrl);
    }

    /** Delivers, or sells when units go out; whether that was accepted. */
    boolean change(LedgerKey key, boolean sale, long amount, String idempotencyKey) {
        String what = (sale ? "A sale of " : "An adjustment by ") + amount + " of " + key;
        Answer answer = decided(
                what,
                () -> sale
                        ? client.reserve(key.store(), key.sku(), amount, idempotencyKey)
                        : client.adjust(key.store(), key.sku(), amount, idempotencyKey));
        boolean refused = Set.of("unknown-sku", "insufficient-stock").contains(answer.problem());
        if (!answer.accepted() && !refused) {
            throw new ReplayException(
                    "%s was answered by %s, which no line of a ledger may cause".formatted(what, answer));
        }
        return answer.accepted();
    }

    /** All that some stores hold. */
    Map<LedgerKey, Held> stock(Iterable<String> stores) throws IOException {
        Map<LedgerKey, Held> stock = new TreeMap<>();
        for (String store : stores) {
            Client.records(this::get, store)
                    .forEach((sku, record) -> stock.put(new LedgerKey(store, sku), Held.of(record)));
        }
        return stock;
    }

    /** Reads anything. */
    Answer get(String path) {
        return decided("GET " + path, () -> client.get(path));
    }

    void requireReachable() {
        try {
            client.connect().close();
        } catch (IOException e) {
            throw new ReplayException("The service at %s is not reachable: %s.".formatted(client.base(), e), e);
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

    private Answer decided(String what, Request request) {
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
            Moments.pause(pauseMs);
        }
        throw new ReplayException("%s was still undecided after %d attempts, the last one: %s."
                .formatted(what, MAX_ATTEMPTS, lastFailure));
    }
}
