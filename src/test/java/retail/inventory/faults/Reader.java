package retail.inventory.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.process.Client.Reply;

/** A client that reads all the time, whatever happens to the disk, and never may be refused. */
final class Reader {

    private static final long REST_MS = 20;
    private static final int PAGE = 100;

    private final Traffic traffic;
    private final Told told;
    private final Findings findings;
    private final Random random = new Random(1);
    private final List<Readiness> readiness = new ArrayList<>();
    private final Thread thread;
    private long position;
    private long reads;
    private volatile boolean closed;

    /** Starts to read. */
    Reader(Traffic traffic, Told told, Findings findings) {
        this.traffic = traffic;
        this.told = told;
        this.findings = findings;
        this.thread = Thread.ofPlatform().daemon().name("reader").start(this::run);
    }

    /** What readiness said since a moment. */
    synchronized List<Readiness> readinessSince(long nanos) {
        return readiness.stream().filter(each -> each.askedNanos() - nanos > 0).toList();
    }

    /** How many requests were answered well, readiness not counted. */
    synchronized long reads() {
        return reads;
    }

    /** Stops reading. */
    void stop() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    private void run() {
        while (!closed) {
            Life now = traffic.life();
            if (!now.isKilled()) {
                String store = Traffic.STORES.get(random.nextInt(Traffic.STORES.size()));
                String sku = Traffic.SKUS.get(random.nextInt(Traffic.SKUS.size()));
                Reply record = get(now, "/stores/" + store + "/inventory/" + sku);
                if (record != null) {
                    told.read(store + "/" + sku, record.number("version"), record.number("qty"));
                }
                get(now, "/central/skus/" + sku);
                get(now, "/health/liveness");
                follow(get(now, "/events?after=" + position + "&limit=" + PAGE));
                askReadiness(now);
            }
            Moments.pause(REST_MS);
        }
    }

    private @Nullable Reply get(Life now, String path) {
        try {
            Reply reply = now.client().get(path);
            if (reply.status() == 200) {
                synchronized (this) {
                    reads++;
                }
                return reply;
            }
            findings.add(Kind.FAILED_READ, path + " was answered " + reply);
        } catch (IOException | RuntimeException e) {
            failed(now, path, e);
        }
        return null;
    }

    private void follow(@Nullable Reply page) {
        if (page == null || !(page.body().get("events") instanceof Collection<?> events)) {
            return;
        }
        for (Object each : events) {
            Map<?, ?> event = (Map<?, ?>) each;
            long sequence = Long.parseLong(String.valueOf(event.get("sequence")));
            findings.require(
                    sequence == position + 1, Kind.VANISHED, "the feed goes from " + position + " to " + sequence);
            told.fed(sequence, String.valueOf(event.get("eventId")));
            position = sequence;
        }
    }

    private void askReadiness(Life now) {
        long asked = System.nanoTime();
        try {
            Readiness answer = Readiness.of(asked, now.client().get("/health/readiness"));
            findings.require(answer.isConsistent(), Kind.OTHER, "readiness contradicts itself: " + answer);
            synchronized (this) {
                readiness.add(answer);
            }
        } catch (IOException | RuntimeException e) {
            failed(now, "/health/readiness", e);
        }
    }

    private void failed(Life now, String path, Exception e) {
        if (!now.isKilled()) {
            findings.add(Kind.FAILED_READ, path + " got no answer: " + e);
        }
    }
}
