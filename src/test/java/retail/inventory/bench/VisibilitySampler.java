package retail.inventory.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import tools.jackson.databind.JsonNode;

/**
 * Measures how long after its acknowledgement a write shows in the central view: asks for the SKU again and again, never
 * with a wait parameter, until an answer has its version; for a hold, until one is as late as it and has units held. The time goes on until that answer has been read, so it has at
 * least one round trip in it, and, when all connections are busy with other samples, the wait for one.
 */
final class VisibilitySampler implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int EVERY = 20;
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);
    private static final Acknowledged END = new Acknowledged("", "", 0, 0, 0, 0);

    private final Client client;
    private final Findings failures;
    private final LongAdder queries = new LongAdder();
    private final Histogram micros = new ConcurrentHistogram(3);
    private final BlockingQueue<Acknowledged> due = new LinkedBlockingQueue<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private long seen;

    private record Acknowledged(String storeId, String sku, long held, long version, long sequence, long atNanos) {}

    /** Starts waiting for writes. */
    VisibilitySampler(URI baseUrl, Findings failures) {
        this.client = new Client(baseUrl);
        this.failures = failures;
        for (int i = 0; i < CONNECTIONS; i++) {
            executor.execute(this::sample);
        }
    }

    /** Samples a write that was answered just now if it is one of every twenty; returns at once. One thread offers. */
    void offer(String answer) {
        if (++seen % EVERY == 0) {
            long nanos = System.nanoTime();
            JsonNode record = Answer.json(answer.substring(answer.indexOf("\r\n\r\n")));
            boolean hold = record.has("holdId");
            JsonNode sku = hold ? record.at("/lines/0") : record;
            due.add(new Acknowledged(
                    sku.path("storeId").asString(),
                    sku.path("sku").asString(),
                    hold ? 1 : 0,
                    hold ? 0 : record.path("version").asLong(),
                    hold ? record.path("sequence").asLong() : 0,
                    nanos));
        }
    }

    /** How many samples were taken so far. */
    long taken() {
        return micros.getTotalCount();
    }

    /** How often the central view was asked for one sample, on average. */
    double queriesPerSample() {
        return queries.sum() / (double) Math.max(1, taken());
    }

    /** Finishes the samples that are due; the times of all, in microseconds. */
    Histogram finish() {
        for (int i = 0; i < CONNECTIONS; i++) {
            due.add(END);
        }
        executor.close();
        return micros;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        client.close();
    }

    private void sample() {
        try {
            for (Acknowledged write = due.take(); !write.equals(END); write = due.take()) {
                if (becomesVisible(write)) {
                    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - write.atNanos()));
                } else {
                    failures.add(Kind.TOO_SLOW, write + " is not shown after " + GIVE_UP_AFTER.toSeconds() + " s");
                }
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            failures.add(Kind.OTHER, "sampling ended: " + e);
        }
    }

    private boolean becomesVisible(Acknowledged write) throws IOException {
        Pattern row =
                Pattern.compile("\"storeId\":\"" + write.storeId() + "\"[^}]*\"held\":(\\d+)[^}]*\"version\":(\\d+)");
        while (System.nanoTime() - write.atNanos() < GIVE_UP_AFTER.toNanos()) {
            Answer answer = client.get("/central/skus/" + write.sku());
            queries.increment();
            if (answer.status() != 200 && answer.status() != 404) {
                throw new IOException("answered by " + answer);
            }
            boolean shown = row.matcher(answer.body())
                    .results()
                    .anyMatch(one -> Long.parseLong(one.group(1)) >= write.held()
                            && Long.parseLong(one.group(2)) >= write.version());
            if (shown && answer.json().at("/asOf/sequence").asLong() >= write.sequence()) {
                return true;
            }
        }
        return false;
    }
}
