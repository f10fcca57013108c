package retail.inventory.frontdoor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Asks for health ten times a second, each time over a new connection, as a balancer does. */
final class HealthProbe implements AutoCloseable {

    private static final int PAUSE_MS = 100;
    private static final int TIME_OUT_MS = 10_000;

    private final URI service;
    private final Thread thread;
    private volatile boolean over;
    private int asked;
    private int failed;
    private long slowestNanos;

    HealthProbe(URI service) {
        this.service = service;
        this.thread = Thread.ofPlatform().name("health-probe").start(this::run);
    }

    private void run() {
        while (!over) {
            long start = System.nanoTime();
            boolean fine = isAlive();
            note(System.nanoTime() - start, fine);
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean isAlive() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort())) {
            socket.setSoTimeout(TIME_OUT_MS);
            socket.getOutputStream()
                    .write("GET /health/liveness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void note(long nanos, boolean fine) {
        asked++;
        failed += fine ? 0 : 1;
        slowestNanos = Math.max(slowestNanos, nanos);
    }

    /** What was seen since the last time this was asked. */
    synchronized Seen take() {
        Seen seen = new Seen(asked, failed, TimeUnit.NANOSECONDS.toMillis(slowestNanos));
        asked = 0;
        failed = 0;
        slowestNanos = 0;
        return seen;
    }

    record Seen(int asked, int failed, long slowestMs) {}

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
