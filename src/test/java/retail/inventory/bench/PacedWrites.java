package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retail.inventory.ledger.HttpConnection.Answer;

/**
 * Writes at a fixed rate, open-loop: each has a time when it is due whatever became of those before it, goes out then or,
 * when no connection is free, as soon as one is, and its latency counts from when it was due. So a service that stalls
 * is charged for the writes that had to wait, not only for the few in flight.
 */
final class PacedWrites {

    static final int CONNECTIONS = 32;

    private static final int STORES = 20;
    private static final int SKUS = 1000;
    /** What is later than this when the time is up is not sent any more. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private final URI baseUrl;
    private final Failures failures;
    private final int rate;
    private final int due;
    private final long forNanos;
    private final AtomicInteger next = new AtomicInteger();
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicLong lastNanos = new AtomicLong();

    /**
     * An acknowledged write.
     *
     * @param version of the SKU after it
     * @param atNanos when its answer had been read, in {@link System#nanoTime}
     */
    record Acknowledged(String storeId, String sku, long version, long atNanos) {}

    /**
     * What the writes came to.
     *
     * @param due how many should have been sent
     * @param acknowledged how many were answered with success
     * @param elapsed from the first one's time to the last answer
     * @param nanos latencies of the acknowledged ones
     */
    record Result(long due, long acknowledged, Duration elapsed, List<long[]> nanos) {

        double perSecond() {
            return acknowledged * 1e9 / Math.max(1, elapsed.toNanos());
        }
    }

    PacedWrites(URI baseUrl, int ratePerSecond, Duration time, Failures failures) {
        this.baseUrl = baseUrl;
        this.rate = ratePerSecond;
        this.due = Math.toIntExact(ratePerSecond * time.toSeconds());
        this.forNanos = time.toNanos();
        this.failures = failures;
    }

    /** How many were answered with success so far. */
    long acknowledged() {
        return acknowledged.sum();
    }

    /**
     * Sends them all and waits for the answers.
     *
     * @param onAcknowledged is called by the writers' threads, so it must be quick
     */
    Result run(Consumer<Acknowledged> onAcknowledged) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        lastNanos.set(start);
        long[] nanos = new long[due];
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                writers.add(executor.submit(() -> write(start, nanos, onAcknowledged)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        long[] measured = Arrays.stream(nanos).filter(each -> each > 0).toArray();
        return new Result(due, measured.length, Duration.ofNanos(lastNanos.get() - start), List.of(measured));
    }

    /** What one connection does; puts latencies in the places of their writes. */
    private void write(long start, long[] nanos, Consumer<Acknowledged> onAcknowledged) {
        try (KeptConnection connection = new KeptConnection(baseUrl)) {
            for (int i = next.getAndIncrement(); i < due; i = next.getAndIncrement()) {
                long dueNanos = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
                awaitNanos(dueNanos);
                if (System.nanoTime() - start > forNanos + GRACE_NANOS) {
                    return;
                }
                Acknowledged write = send(connection);
                if (write.version() > 0) {
                    nanos[i] = write.atNanos() - dueNanos;
                    lastNanos.accumulateAndGet(write.atNanos(), Math::max);
                    acknowledged.increment();
                    onAcknowledged.accept(write);
                }
            }
        }
    }

    /** One write to a SKU at random; version 0 when it failed. */
    private Acknowledged send(KeptConnection connection) {
        String storeId = "STORE" + ThreadLocalRandom.current().nextInt(STORES);
        String sku = "SKU" + (1_000_000 + ThreadLocalRandom.current().nextInt(SKUS));
        String target = "/stores/" + storeId + "/inventory/" + sku + "/adjust";
        try {
            Answer answer = connection.post(target, "{\"delta\":1}");
            long nanos = System.nanoTime();
            Matcher version = VERSION.matcher(answer.body());
            if (answer.status() / 100 == 2 && version.find()) {
                return new Acknowledged(storeId, sku, Long.parseLong(version.group(1)), nanos);
            }
            failures.add("POST " + target + " was answered by " + answer.status() + " " + answer.body());
        } catch (IOException e) {
            failures.add("POST " + target + ": " + e);
        }
        return new Acknowledged(storeId, sku, 0, System.nanoTime());
    }

    private static void awaitNanos(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
