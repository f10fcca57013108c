package retail.inventory.ledger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of the service as a replay sees, in memory, on the loopback address, with one fault planted on request. */
final class FakeInventory implements AutoCloseable {

    /** A page smaller than the client asks for, so that small ledgers need several. */
    private static final int PAGE_RECORDS = 3;

    private static final int FAULT_AT_WRITE = 60;
    private static final Pattern WRITE = Pattern.compile("/stores/([^/]+)/inventory/([^/]+)/(adjust|reserve)");
    private static final Pattern PAGE = Pattern.compile("/stores/([^/]+)/inventory");
    private static final Pattern AMOUNT = Pattern.compile("\\{\"(?:delta|qty)\":(-?\\d+)}");

    enum Fault {
        NONE,
        /** Lets stock go below zero. */
        OVERSELLS,
        /** Answers one write as accepted without having done it. */
        LOSES_ONE_UPDATE,
        /** Applies one write twice. */
        APPLIES_ONE_TWICE,
        /** Does what it is asked, but says 503 to the first sending of every third write. */
        HIDES_ANSWERS,
        /** Does what it is asked, but drops the connection instead of answering every fifth write at first. */
        DROPS_CONNECTIONS,
        /** Answers one write with 500. */
        BREAKS
    }

    private record Reply(int status, String body) {}

    private final Fault fault;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, NavigableMap<String, Stock>> stores = new HashMap<>();
    private final Map<String, Reply> answered = new HashMap<>();
    /** Whether the one accepted write that a fault is about has come. */
    private boolean spoilt;

    FakeInventory(Fault fault) throws IOException {
        this.fault = fault;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        executor.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        // The decoded path: a SKU holding a slash would be seen as a route of its own.
        Matcher write = WRITE.matcher(exchange.getRequestURI().getPath());
        Matcher page = PAGE.matcher(exchange.getRequestURI().getPath());
        if (write.matches()) {
            String key = String.join("", exchange.getRequestHeaders().getOrDefault("Idempotency-Key", List.of()));
            boolean sale = write.group(3).equals("reserve");
            answer(exchange, once(key, write.group(1), write.group(2), sale, body));
        } else if (page.matches()) {
            answer(exchange, page(page.group(1), exchange.getRequestURI().getRawQuery()));
        } else {
            answer(exchange, problem(404, "no-such-route"));
        }
    }

    private synchronized Reply once(String idempotencyKey, String store, String sku, boolean sale, String body) {
        Reply before = answered.get(idempotencyKey);
        if (before != null) {
            return before;
        }
        Matcher amount = AMOUNT.matcher(body);
        if (!amount.matches()) {
            return problem(400, "invalid-request");
        }
        long units = Long.parseLong(amount.group(1));
        int number = answered.size() + 1;
        Reply reply = write(store, sku, sale ? -units : units, number);
        answered.put(idempotencyKey, reply);
        return switch (fault) {
            case HIDES_ANSWERS -> number % 3 == 0 ? problem(503, "commit-timeout") : reply;
            case DROPS_CONNECTIONS -> number % 5 == 0 ? new Reply(0, "") : reply;
            case BREAKS -> number == FAULT_AT_WRITE ? problem(500, "internal-error") : reply;
            case NONE, OVERSELLS, LOSES_ONE_UPDATE, APPLIES_ONE_TWICE -> reply;
        };
    }

    private Reply write(String store, String sku, long delta, int number) {
        NavigableMap<String, Stock> stock = stores.computeIfAbsent(store, created -> new TreeMap<>());
        Stock held = stock.get(sku);
        if (held == null && delta < 0) {
            return problem(404, "unknown-sku");
        }
        Stock before = held == null ? Stock.NONE : held;
        if (before.qty() + delta < 0 && fault != Fault.OVERSELLS) {
            return problem(409, "insufficient-stock");
        }
        Stock after = before.plus(delta);
        boolean faulty = number >= FAULT_AT_WRITE && !spoilt;
        if (faulty && fault == Fault.APPLIES_ONE_TWICE) {
            stock.put(sku, after.plus(delta));
        } else if (!faulty || fault != Fault.LOSES_ONE_UPDATE) {
            stock.put(sku, after);
        }
        spoilt |= faulty;
        return new Reply(held == null ? 201 : 200, record(store, sku, after));
    }

    private synchronized Reply page(String store, String rawQuery) {
        NavigableMap<String, Stock> stock = stores.get(store);
        if (stock == null) {
            return problem(404, "unknown-store");
        }
        int parameter = rawQuery.indexOf("&after=");
        String after = parameter < 0
                ? ""
                : URLDecoder.decode(rawQuery.substring(parameter + "&after=".length()), StandardCharsets.UTF_8);
        List<String> records = stock.tailMap(after, false).entrySet().stream()
                .limit(PAGE_RECORDS)
                .map(each -> record(store, each.getKey(), each.getValue()))
                .toList();
        List<String> skus = stock.tailMap(after, false).keySet().stream().toList();
        String next = skus.size() > PAGE_RECORDS ? ",\"next\":\"%s\"".formatted(skus.get(PAGE_RECORDS - 1)) : "";
        return new Reply(
                200, "{\"storeId\":\"%s\",\"records\":[%s]%s}".formatted(store, String.join(",", records), next));
    }

    private static String record(String store, String sku, Stock held) {
        return "{\"storeId\":\"%s\",\"sku\":\"%s\",\"qty\":%d,\"version\":%d,\"updatedAt\":\"2026-11-22T10:00:00.123Z\"}"
                .formatted(store, sku, held.qty(), held.version());
    }

    private static Reply problem(int status, String slug) {
        return new Reply(status, "{\"type\":\"urn:inventory:problem:%s\",\"status\":%d}".formatted(slug, status));
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            if (reply.status() == 0) {
                return; // Closed unanswered: the client sees its connection end.
            }
            if (reply.status() == 503) {
                exchange.getResponseHeaders().set("Retry-After", "0");
            }
            boolean chunked = reply.body().contains("\"records\"");
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), chunked ? 0 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
