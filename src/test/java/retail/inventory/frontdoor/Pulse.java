package retail.inventory.frontdoor;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import retail.inventory.lab.Moments;

/** One small thing again and again, on a thread of its own, each until it is done: what others feel while the service is attacked. */
final class Pulse implements AutoCloseable {

    private static final int PAUSE_MS = 50;

    private final Beat beat;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
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

    Pulse(Beat beat) {
        this.beat = beat;
        thread.execute(this::run);
    }

    private void run() {
        while (!over) {
            String key = UUID.randomUUID().toString();
            long start = System.nanoTime();
            boolean done = isDone(key);
            while (!done && !over) {
                Moments.pause(PAUSE_MS);
                done = isDone(key);
            }
            if (done) {
                done(System.nanoTime() - start);
            }
            Moments.pause(PAUSE_MS);
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
    @Override
    public void close() {
        over = true;
        thread.close();
    }
}
