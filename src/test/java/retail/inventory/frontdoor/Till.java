package retail.inventory.frontdoor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/** A client in good faith at an address of its own: a change each twentieth of a second, repeated with its key until it is answered. */
final class Till implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAUSE_MS = 50;

    private final URI record;
    private final HttpClient http;
    private final Thread thread;
    private volatile boolean over;
    private long accepted;
    private int inThisPart;
    private int repeated;
    private long slowestNanos;

    Till(URI service, String from) {
        this.record = service.resolve("/stores/TILL/inventory/SOLD");
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.ofLiteral(from))
                .build();
        this.thread = Thread.ofPlatform().name("till").start(this::run);
    }

    private void run() {
        try {
            while (!over) {
                change(UUID.randomUUID().toString());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void change(String key) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(record + "/adjust"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString("{\"delta\":1}"))
                .build();
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            if (isDone(request)) {
                note(System.nanoTime() - start, tries);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    private boolean isDone(HttpRequest request) throws InterruptedException {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status == 200 || status == 201;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void note(long nanos, int tries) {
        accepted++;
        inThisPart++;
        repeated += tries - 1;
        slowestNanos = Math.max(slowestNanos, nanos);
    }

    /** What was done since the last time this was asked. */
    synchronized Done take() {
        Done done = new Done(inThisPart, repeated, TimeUnit.NANOSECONDS.toMillis(slowestNanos));
        inThisPart = 0;
        repeated = 0;
        slowestNanos = 0;
        return done;
    }

    record Done(int accepted, int repeated, long slowestMs) {}

    synchronized long accepted() {
        return accepted;
    }

    /** The quantity that the service has. */
    long stored() throws IOException, InterruptedException {
        HttpResponse<String> reply = http.send(HttpRequest.newBuilder(record).build(), BodyHandlers.ofString());
        return JSON.readTree(reply.body()).path("qty").asLong();
    }

    /** Ends after the change under way. */
    void stop() throws InterruptedException {
        over = true;
        thread.join();
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        http.close();
    }
}
