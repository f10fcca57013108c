package retail.inventory.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import retail.inventory.prove.TamperingProxy.Fault;
import retail.inventory.prove.TamperingProxy.Sent;

/** What a service with a fault says of holds. */
final class HoldLies implements AutoCloseable {

    private static final int SPOILT_CONFIRM = 10;
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Pattern LINES = Pattern.compile("\"lines\":\\[(\\{[^}]*})[^]]*]");
    private static final Pattern MOVEMENTS = Pattern.compile("(\"type\":\"HOLD\".*?\"movements\":\\[)\\{[^}]*},");

    private final URI service;
    private final Fault fault;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger confirms = new AtomicInteger();
    private final AtomicInteger feeds = new AtomicInteger();
    private final AtomicReference<@Nullable Sent> refusal = new AtomicReference<>();
    private final AtomicLong refusedSince = new AtomicLong();

    HoldLies(URI service, Fault fault) {
        this.service = service;
        this.fault = fault;
    }

    /** What is said without asking the service; null when it is asked. */
    @Nullable
    Sent inPlaceOf(String path) throws IOException {
        if (fault == Fault.LOSES_A_CONFIRM
                && path.endsWith("/confirm")
                && confirms.incrementAndGet() == SPOILT_CONFIRM) {
            Sent hold = ask("GET", path.replace("/confirm", ""));
            return new Sent(200, closed(hold.body(), hold.body().length()));
        }
        Sent refused = refusal.get();
        boolean kept = fault == Fault.KEEPS_WHAT_HAS_ENDED && refused != null && isOfAll(path);
        return kept && System.nanoTime() - refusedSince.get() < KEPT_NANOS ? refused : null;
    }

    /** What the service is asked. */
    String tampered(String path, String asked) {
        return fault == Fault.HOLDS_HALF_A_BASKET && path.matches("/holds/[^/]*")
                ? LINES.matcher(asked).replaceFirst("\"lines\":[$1]")
                : asked;
    }

    /** What is said in place of its answer. */
    Sent tampered(String path, String asked, Sent sent) throws IOException {
        switch (fault) {
            case HOLDS_BEYOND_AVAILABLE -> {
                boolean refused = path.matches("/holds/[^/]*") && sent.body().contains("insufficient-stock");
                return refused ? new Sent(201, held(path.substring("/holds/".length()), asked)) : sent;
            }
            case KEEPS_WHAT_HAS_ENDED -> {
                if (isOfAll(path) && sent.status() == 409 && refusal.compareAndSet(null, sent)) {
                    refusedSince.set(System.nanoTime());
                }
            }
            case ENDS_TOO_SOON -> {
                if (path.matches("/holds/.*-e0") && sent.status() == 201) {
                    ask("POST", path + "/release");
                }
            }
            case FEED_LACKS_A_CONFIRM -> {
                return isFeed(path, sent, "CONFIRM") ? withoutAConfirm(sent) : sent;
            }
            case FEED_SPLITS_A_BASKET -> {
                return isFeed(path, sent, "HOLD")
                        ? new Sent(200, MOVEMENTS.matcher(sent.body()).replaceFirst("$1"))
                        : sent;
            }
            case CENTRAL_KNOWS_NO_HOLDS -> {
                return path.startsWith("/central/skus/held-")
                        ? new Sent(200, sent.body().replaceAll("\"held\":\\d+", "\"held\":0"))
                        : sent;
            }
            default -> {}
        }
        return sent;
    }

    @Override
    public void close() {
        client.close();
    }

    private static boolean isOfAll(String path) {
        return path.matches("/holds/.*-e[1-9][0-9]*");
    }

    private boolean isFeed(String path, Sent sent, String type) {
        return path.startsWith("/events?") && sent.body().contains(type) && feeds.incrementAndGet() == 1;
    }

    private static Sent withoutAConfirm(Sent sent) {
        int at = sent.body().indexOf("\"type\":\"CONFIRM\"");
        int start = sent.body().lastIndexOf("{\"sequence\"", at);
        int end = sent.body().indexOf("{\"sequence\"", at);
        return new Sent(200, sent.body().substring(0, start) + sent.body().substring(end));
    }

    private static String held(String holdId, String asked) {
        Matcher lines = LINES.matcher(asked);
        String held = lines.find() ? lines.group().replaceAll("\"qty\":(\\d+)", "\"requested\":$1,\"qty\":$1") : "";
        return "{\"holdId\":\"" + holdId + "\",\"state\":\"HELD\",\"version\":1," + held + ",\"eventId\":\""
                + UUID.randomUUID() + "\",\"sequence\":1000000}";
    }

    private static String closed(String hold, int length) {
        return hold.substring(0, length - 1)
                        .replace("HELD", "CONFIRMED")
                        .replaceAll(
                                "\"requested\":(\\d+),\"qty\":\\d+,\"confirmed\":0",
                                "\"requested\":$1,\"qty\":0,\"confirmed\":$1")
                + ",\"eventId\":\"" + UUID.randomUUID() + "\",\"sequence\":1000000}";
    }

    private Sent ask(String method, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .method(method, BodyPublishers.noBody())
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            return new Sent(answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
