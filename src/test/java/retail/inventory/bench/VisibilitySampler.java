package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retail.inventory.bench.PacedWrites.Acknowledged;
import retail.inventory.ledger.HttpConnection.Answer;

/**
 * Measures how long after its acknowledgement a write shows in the central view: asks for the SKU again and again, never
 * with a wait parameter, until an answer has its version. The time goes on until that answer has been read, so it has at
 * least one round trip in it, and, when all connections are busy with other samples, the wait for one.
 */
final class VisibilitySampler implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int EVERY = 20;
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);
    private static final Acknowledged END = new Acknowledged("", "", 0, 0);

    private final URI baseUrl;
    private final Failures failures;
    private final AtomicLong seen = new AtomicLong();
    private final LongAdder taken = new LongAdder();
    private final LongAdder queries = new LongAdder();
    private final BlockingQueue<Acknowledged> due = new LinkedBlockingQueue<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<long[]>> running = new ArrayList<>();

    /** Starts waiting for writes. */
    VisibilitySampler(URI baseUrl, Failures failures) {
        this.baseUrl = baseUrl;
        this.failures = failures;
        for (int i = 0; i < CONNECTIONS; i++) {
            running.add(executor.submit(this::sample));
        }
    }

    /** Samples this write if it is one of every twenty; returns at once. */
    void offer(Acknowledged write) {
        if (seen.incrementAndGet() % EVERY == 0) {
            due.add(write);
        }
    }

    /** How many samples were taken so far. */
    long taken() {
        return taken.sum();
    }

    /** How often the central view was asked for one sample, on average. */
    double queriesPerSample() {
        return queries.sum() / (double) Math.max(1, taken.sum());
    }

    /** Finishes the samples that are due; the times of all, in nanoseconds. */
    List<long[]> finish() throws InterruptedException, ExecutionException {
        for (int i = 0; i < CONNECTIONS; i++) {
            due.add(END);
        }
        List<long[]> nanos = new ArrayList<>();
        for (Future<long[]> each : running) {
            nanos.add(each.get());
        }
        return nanos;
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private long[] sample() throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        try (KeptConnection connection = new KeptConnection(baseUrl)) {
            for (Acknowledged write = due.take(); !write.equals(END); write = due.take()) {
                long visibleNanos = visibleNanos(connection, write);
                if (visibleNanos > 0) {
                    nanos.add(visibleNanos - write.atNanos());
                    taken.increment();
                }
            }
        }
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }

    /** When an answer that shows the write had been read; 0 when that failed. */
    private long visibleNanos(KeptConnection connection, Acknowledged write) {
        String target = "/central/skus/" + write.sku();
        Pattern version = Pattern.compile("\"storeId\":\"" + write.storeId() + "\"[^}]*\"version\":(\\d+)");
        try {
            while (System.nanoTime() - write.atNanos() < GIVE_UP_AFTER.toNanos()) {
                Answer answer = connection.get(target);
                long nanos = System.nanoTime();
                queries.increment();
                // 404: it does not know the SKU, so it does not show the write yet.
                if (answer.status() != 200 && answer.status() != 404) {
                    failures.add("GET " + target + " was answered by " + answer.status() + " " + answer.body());
                    return 0;
                }
                Matcher shown = version.matcher(answer.body());
                if (shown.find() && Long.parseLong(shown.group(1)) >= write.version()) {
                    return nanos;
                }
            }
            failures.add("GET " + target + " does not show version " + write.version() + " of " + write.storeId()
                    + " after " + GIVE_UP_AFTER.toSeconds() + " s");
        } catch (IOException e) {
            failures.add("GET " + target + ": " + e);
        }
        return 0;
    }
}
