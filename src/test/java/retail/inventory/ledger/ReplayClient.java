package retail.inventory.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import retail.inventory.ledger.HttpConnection.Answer;

/**
 * One client of the service: sends a write until it is decided, whatever happens to the connection meanwhile.
 *
 * <p>Not thread-safe. Every write carries an idempotency key, so that sending it again cannot apply it twice.
 */
final class ReplayClient implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 20;
    private static final long FIRST_PAUSE_MS = 50;
    private static final long MAX_PAUSE_MS = 5_000;
    private static final String UNRESERVED = "-._~";

    private final URI baseUrl;
    private final String basePath;
    private Optional<HttpConnection> connection = Optional.empty();
    private long retries;

    enum Decision {
        ACCEPTED,
        REFUSED
    }

    private interface Request {
        Answer on(HttpConnection connection) throws IOException;
    }

    ReplayClient(URI baseUrl) {
        this.baseUrl = baseUrl;
        String path = baseUrl.getRawPath();
        this.basePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    Decision adjust(LedgerKey key, long delta, String idempotencyKey) throws InterruptedException {
        return write(key, "/adjust", "{\"delta\":" + delta + "}", idempotencyKey);
    }

    Decision reserve(LedgerKey key, long qty, String idempotencyKey) throws InterruptedException {
        return write(key, "/reserve", "{\"qty\":" + qty + "}", idempotencyKey);
    }

    /** The records of a store after {@code after} (exclusive; from the first when empty), or nothing of an unknown store. */
    Optional<StockPage> page(String store, String after) throws InterruptedException {
        String target =
                inventory(store) + "?limit=" + StockPage.LIMIT + (after.isEmpty() ? "" : "&after=" + encoded(after));
        Answer answer = decided("GET " + target, open -> open.get(target));
        if (answer.status() == 200) {
            return Optional.of(StockPage.parse(answer.body()));
        }
        if (isProblem(answer, 404, "unknown-store")) {
            return Optional.empty();
        }
        throw unexpected("GET " + target, answer);
    }

    /** Whatever is decided at a path of the service. */
    Answer get(String path) throws InterruptedException {
        String target = basePath + path;
        return decided("GET " + target, open -> open.get(target));
    }

    /** Fails when the service does not accept connections; without this the first write would try for a while. */
    void requireReachable() {
        try {
            connection();
        } catch (IOException e) {
            throw new ReplayException("The service at %s is not reachable: %s.".formatted(baseUrl, e), e);
        }
    }

    long retries() {
        return retries;
    }

    @Override
    public void close() {
        connection.ifPresent(HttpConnection::close);
        connection = Optional.empty();
    }

    private Decision write(LedgerKey key, String verb, String json, String idempotencyKey) throws InterruptedException {
        String target = inventory(key.store()) + "/" + encoded(key.sku()) + verb;
        Answer answer = decided("POST " + target, open -> open.post(target, idempotencyKey, json));
        if (answer.status() == 200 || answer.status() == 201) {
            return Decision.ACCEPTED;
        }
        if (isProblem(answer, 404, "unknown-sku") || isProblem(answer, 409, "insufficient-stock")) {
            return Decision.REFUSED;
        }
        throw unexpected("POST " + target + " " + json, answer);
    }

    /** Repeats a request while the service is busy or the connection breaks; the number of attempts is bounded. */
    private Answer decided(String what, Request request) throws InterruptedException {
        String lastFailure = "";
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            long pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS << (attempt - 1));
            try {
                Answer answer = request.on(connection());
                if (answer.closesConnection()) {
                    close();
                }
                if (answer.status() != 503 && answer.status() != 429) {
                    return answer;
                }
                lastFailure = answer.status() + " " + answer.body();
                pauseMs = retryAfterMs(answer, pauseMs);
            } catch (IOException e) {
                close();
                lastFailure = e.toString();
            }
            retries++;
            Thread.sleep(pauseMs);
        }
        throw new ReplayException("%s was still undecided after %d attempts, the last one: %s."
                .formatted(what, MAX_ATTEMPTS, lastFailure));
    }

    private static long retryAfterMs(Answer answer, long otherwiseMs) {
        String seconds = answer.headers().getOrDefault("retry-after", "");
        return seconds.matches("\\d{1,4}") ? Math.min(MAX_PAUSE_MS, Long.parseLong(seconds) * 1_000) : otherwiseMs;
    }

    private HttpConnection connection() throws IOException {
        if (connection.isEmpty()) {
            connection = Optional.of(new HttpConnection(baseUrl));
        }
        return connection.get();
    }

    private static boolean isProblem(Answer answer, int status, String slug) {
        return answer.status() == status && answer.body().contains("\"urn:inventory:problem:" + slug + "\"");
    }

    private static ReplayException unexpected(String what, Answer answer) {
        return new ReplayException("%s was answered by %d, which no line of a ledger may cause: %s"
                .formatted(what, answer.status(), answer.body()));
    }

    private String inventory(String store) {
        return basePath + "/stores/" + encoded(store) + "/inventory";
    }

    /** RFC 3986, section 2: all but unreserved characters as the percent-encoded octets of their UTF-8. */
    static String encoded(String segment) {
        StringBuilder encoded = new StringBuilder(segment.length() + 8);
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xFF);
            boolean letterOrDigit = character < 0x80 && Character.isLetterOrDigit(character);
            if (letterOrDigit || UNRESERVED.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) character));
            }
        }
        return encoded.toString();
    }
}
