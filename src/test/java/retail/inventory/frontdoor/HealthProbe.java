package retail.inventory.frontdoor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks for health ten times a second, each time over a new connection, as a balancer does. */
final class HealthProbe implements AutoCloseable {

    private static final int PAUSE_MS = 100;
    private static final int TIME_OUT_MS = 10_000;

    private final URI service;
    private final Thread thread;
    private volatile boolean over;
    private int asked;
    private final List<String> failures = new ArrayList<>();
    private long slowestNanos;

    HealthProbe(URI service) {
        this.service = service;
        this.thread = Thread.ofPlatform().name("health-probe").start(this::run);
    }

    private void run() {
        while (!over) {
            long start = System.nanoTime();
            String failure = failure();
            note(System.nanoTime() - start, failure);
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Why it has no answer that says 200, with the time; null when it has. */
    private @Nullable String failure() {
        String stage = "connecting";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort())) {
            stage = "writing from " + socket.getLocalPort();
            socket.setSoTimeout(TIME_OUT_MS);
            socket.getOutputStream()
                    .write("GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            stage = "reading at " + socket.getLocalPort();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.startsWith("HTTP/1.1 200") ? null : Instant.now() + " answered '" + answer + "'";
        } catch (IOException e) {
            return Instant.now() + " " + stage + ": " + e;
        }
    }

    private synchronized void note(long nanos, @Nullable String failure) {
        asked++;
        if (failure != null) {
            failures.add(failure);
        }
        slowestNanos = Math.max(slowestNanos, nanos);
    }

    /** What was seen since the last time this was asked. */
    synchronized Seen take() {
        Seen seen = new Seen(asked, List.copyOf(failures), TimeUnit.NANOSECONDS.toMillis(slowestNanos));
        asked = 0;
        failures.clear();
        slowestNanos = 0;
        return seen;
    }

    record Seen(int asked, List<String> failures, long slowestMs) {}

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
