package retail.inventory.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A store's back end that talks to the service, over as many connections as it has requests under way; safe for any number of
 * threads. An {@link IOException} means that nobody knows whether the request was done: nothing is sent twice but what only reads.
 */
public final class Client implements AutoCloseable {

    /** Before the service closes a connection that is not used, so that no request meets its end. */
    private static final long UNUSED_MAX_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int PAGE = 1_000;

    private final URI base;
    private final String basePath;
    private final @Nullable InetAddress from;
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    private record Idle(Connection connection, long sinceNanos) {}

    private interface Request {
        Answer on(Connection connection) throws IOException;
    }

    public Client(URI base) {
        this(base, null);
    }

    /** One at an address of this machine, such as 127.0.0.2. */
    public Client(URI base, @Nullable InetAddress from) {
        this.base = base;
        this.basePath = base.getRawPath().replaceFirst("/$", "");
        this.from = from;
    }

    /** Where the service is. */
    public URI base() {
        return base;
    }

    public Answer adjust(String store, String sku, long delta, @Nullable String key) throws IOException {
        return change(store, sku, "adjust", "{\"delta\":" + delta + "}", key);
    }

    public Answer reserve(String store, String sku, long qty, @Nullable String key) throws IOException {
        return change(store, sku, "reserve", "{\"qty\":" + qty + "}", key);
    }

    /** A delivery when units come in, a sale when they go out. */
    public Answer change(String store, String sku, long delta, @Nullable Long expectedVersion, @Nullable String key)
            throws IOException {
        String amount = delta < 0 ? "\"qty\":" + -delta : "\"delta\":" + delta;
        String version = expectedVersion == null ? "" : ",\"expectedVersion\":" + expectedVersion;
        return change(store, sku, delta < 0 ? "reserve" : "adjust", "{" + amount + version + "}", key);
    }

    /** Sends a change with a body of one's own. */
    public Answer change(String store, String sku, String action, String body, @Nullable String key)
            throws IOException {
        return post(path(store, sku) + "/" + action, key, body);
    }

    public Answer record(String store, String sku) throws IOException {
        return get(path(store, sku));
    }

    public Answer post(String path, @Nullable String key, String body) throws IOException {
        return once(open -> open.post(basePath + path, key, body));
    }

    public Answer put(String path, @Nullable String key, String body) throws IOException {
        return once(open -> open.put(basePath + path, key, body));
    }

    private Answer once(Request change) throws IOException {
        Connection connection = idle();
        if (connection == null) {
            return on(connect(), change);
        }
        try {
            return on(connection, change);
        } catch (IOException e) {
            throw connection.isAnswering() ? e : new IdleConnectionEndedException(e);
        }
    }

    public Answer get(String path) throws IOException {
        Request get = open -> open.get(basePath + path);
        Connection connection = idle();
        if (connection != null) {
            try {
                return on(connection, get);
            } catch (IOException endedMeanwhile) {
                // once more, for it changes nothing
            }
        }
        return on(connect(), get);
    }

    /** A connection of one's own, such as one to follow the feed by. */
    public Connection connect() throws IOException {
        return new Connection(base, from);
    }

    /** Closes its connections, those under way as soon as they are answered. */
    @Override
    public void close() {
        closed = true;
        for (Idle each = idle.poll(); each != null; each = idle.poll()) {
            each.connection.close();
        }
    }

    /** Reads what is under a path. */
    @FunctionalInterface
    public interface Read {
        Answer get(String path) throws IOException;
    }

    /** All records of a store by their SKUs, read page by page; none when nobody ever wrote to it. */
    public static SortedMap<String, JsonNode> records(Read read, String store) throws IOException {
        SortedMap<String, JsonNode> records = new TreeMap<>();
        String path = "/stores/" + encoded(store) + "/inventory?limit=" + PAGE;
        for (String after = ""; after != null; ) {
            Answer answer = read.get(after.isEmpty() ? path : path + "&after=" + encoded(after));
            if (answer.problem().equals("unknown-store")) {
                return records;
            }
            JsonNode page = answer.json();
            for (JsonNode record : page.path("records")) {
                String sku = record.path("sku").asString();
                if (records.put(sku, record) != null) {
                    throw new AssertionError("two pages of " + store + " have " + sku);
                }
            }
            String next = page.path("next").asString("");
            if (answer.status() != 200 || (!next.isEmpty() && next.compareTo(after) <= 0)) {
                throw new AssertionError("the page of " + store + " behind " + after + ": " + answer);
            }
            after = next.isEmpty() ? null : next;
        }
        return records;
    }

    /** Where the record of a SKU is. */
    public static String path(String store, String sku) {
        return "/stores/" + encoded(store) + "/inventory/" + encoded(sku);
    }

    /** As a part of a path. */
    public static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    private Answer on(Connection connection, Request request) throws IOException {
        Answer answer;
        try {
            answer = request.on(connection);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
        if (closed || answer.closesConnection()) {
            connection.close();
        } else {
            idle.push(new Idle(connection, System.nanoTime()));
        }
        return answer;
    }

    /** The one that was used last. */
    private @Nullable Connection idle() {
        for (Idle each = idle.poll(); each != null; each = idle.poll()) {
            if (System.nanoTime() - each.sinceNanos < UNUSED_MAX_NANOS) {
                return each.connection;
            }
            each.connection.close();
        }
        return null;
    }
}
