package retail.inventory.prove;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The service with a fault, as seen from outside: in front of the real one, on the loopback address. */
final class TamperingProxy implements AutoCloseable {

    private static final Set<String> PASSED =
            Set.of("content-type", "etag", "idempotency-replayed", "retry-after", "location");
    private static final int SPOILT_EVENT = 40;

    enum Fault {
        NONE,
        /** Says of a refused sale that it was made. */
        OVERSELLS,
        /** Does not know a key again. */
        FORGETS_KEYS,
        /** Says of a sale that it was made, and makes none. */
        LOSES_A_SALE,
        /** Leaves an event out of the feed. */
        LEAVES_OUT_AN_EVENT,
        /** Shows an old record. */
        READS_ARE_STALE,
        /** Holds the first line of a basket only. */
        HOLDS_HALF_A_BASKET,
        /** Says of a refused basket that it is held. */
        HOLDS_BEYOND_AVAILABLE,
        /** Says of a hold that it is confirmed, and leaves it as it is. */
        LOSES_A_CONFIRM,
        /** Leaves a confirm out of the feed. */
        FEED_LACKS_A_CONFIRM,
        /** Leaves one SKU of a basket out of the feed. */
        FEED_SPLITS_A_BASKET,
        /** Refuses the units of a hold for some time after its end. */
        KEEPS_WHAT_HAS_ENDED,
        /** Gives the units of a hold away before its end. */
        ENDS_TOO_SOON,
        /** Does not tell headquarters what is held. */
        CENTRAL_KNOWS_NO_HOLDS
    }

    record Sent(int status, String body) {}

    private final URI service;
    private final Fault fault;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<Sent> lastSale = new AtomicReference<>(new Sent(0, ""));
    private final HoldLies holds;
    private final AtomicReference<Sent> oldRead = new AtomicReference<>(new Sent(0, ""));

    TamperingProxy(URI service, Fault fault) throws IOException {
        this.service = service;
        this.fault = fault;
        this.holds = new HoldLies(service, fault);
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
        client.shutdownNow(); // a stream would keep it open
        holds.close();
        executor.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            boolean sale = path.endsWith("/reserve");
            int number = sale ? requests.incrementAndGet() : 0;
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (fault == Fault.LOSES_A_SALE && number == SPOILT_EVENT) {
                answer(exchange, lastSale.get());
                return;
            }
            Sent lie = holds.inPlaceOf(path);
            if (lie != null) {
                answer(exchange, lie);
                return;
            }
            String body = holds.tampered(path, asked);
            HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                    .method(exchange.getRequestMethod(), BodyPublishers.ofString(body));
            exchange.getRequestHeaders().forEach((name, values) -> pass(name, values, request));
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            response.headers().map().forEach((name, values) -> {
                if (PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            Sent sent = tampered(path, sale, new Sent(response.statusCode(), response.body()));
            answer(exchange, holds.tampered(path, asked, sent));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void pass(String name, List<String> values, HttpRequest.Builder request) {
        boolean keyForgotten = fault == Fault.FORGETS_KEYS && name.equalsIgnoreCase("Idempotency-Key");
        boolean hopByHop = Set.of("host", "content-length", "connection").contains(name.toLowerCase(Locale.ROOT));
        if (!keyForgotten && !hopByHop) {
            request.header(name, values.getFirst());
        }
    }

    private Sent tampered(String path, boolean sale, Sent sent) {
        if (sale && sent.status() == 200) {
            lastSale.set(sent);
        }
        return switch (fault) {
            case OVERSELLS -> sale && sent.body().contains("insufficient-stock") ? lastSale.get() : sent;
            case LEAVES_OUT_AN_EVENT -> path.startsWith("/events?") ? withoutOneEvent(sent) : sent;
            case READS_ARE_STALE -> path.matches("/stores/.*/hot-1") ? old(sent) : sent;
            default -> sent;
        };
    }

    /** The first record that was read, ever after. */
    private Sent old(Sent sent) {
        if (sent.status() != 200) {
            return sent;
        }
        return oldRead.updateAndGet(first -> first.status() == 0 ? sent : first);
    }

    private static Sent withoutOneEvent(Sent sent) {
        int changed = sent.body().indexOf("\"hot-1\"");
        int start = sent.body().lastIndexOf("{\"sequence\"", changed);
        int end = sent.body().indexOf("{\"sequence\"", changed);
        return changed < 0 || end < 0
                ? sent
                : new Sent(
                        sent.status(),
                        sent.body().substring(0, start) + sent.body().substring(end));
    }

    private static void answer(HttpExchange exchange, Sent sent) throws IOException {
        byte[] bytes = sent.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(sent.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
