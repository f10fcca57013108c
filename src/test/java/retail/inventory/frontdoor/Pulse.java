package retail.inventory.frontdoor;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** One small thing again and again, on a thread of its own, each until it is done: what others feel while the service is attacked. */
final class Pulse implements AutoCloseable {

    private static final int PAUSE_MS = 50;

    private final Beat beat;
    private final Thread thread;
    private volatile boolean over;
    private long all;
    private int done;
    private final List<String> failures = new ArrayList<>();
    private long slowestNanos;

    /** What it does. */
    interface Beat {
        /** Whether it is done; what is not is tried again, with the same key. */
        boolean isDone(String key) throws IOException;
    }

    /** What became of it since the last look. */
    record Seen(int done, List<String> failures, long slowestMs) {}

    Pulse(String name, Beat beat) {
        this.beat = beat;
        this.thread = Thread.ofPlatform().name(name).start(this::run);
    }

    private void run() {
        try {
            while (!over) {
                String key = UUID.randomUUID().toString();
                long start = System.nanoTime();
                while (!isDone(key)) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
                }
                done(System.nanoTime() - start);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isDone(String key) {
        try {
            if (beat.isDone(key)) {
                return true;
            }
            failed("answered otherwise");
        } catch (IOException e) {
            failed(e.toString());
        }
        return false;
    }

    private synchronized void done(long nanos) {
        all++;
        done++;
        slowestNanos = Math.max(slowestNanos, nanos);
    }

    private synchronized void failed(String why) {
        failures.add(Instant.now() + " " + why);
    }

    synchronized Seen take() {
        Seen seen = new Seen(done, List.copyOf(failures), TimeUnit.NANOSECONDS.toMillis(slowestNanos));
        done = 0;
        failures.clear();
        slowestNanos = 0;
        return seen;
    }

    /** How often it was done in all. */
    synchronized long all() {
        return all;
    }

    /** Ends it after the beat that is under way. */
    void stop() throws InterruptedException {
        over = true;
        thread.join();
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
