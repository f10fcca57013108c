package retail.inventory.frontdoor;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tasks;

/**
 * As many idempotency keys as a busy five minutes have, against the built jar at 256 MiB of heap: each adjust is accepted, and
 * a sample of them, sent again, gets its first answer to the byte, before and after {@code kill -9}. Ends with 1 when not.
 */
public final class MillionKeys {

    private static final long LIVE_SECONDS = 300;
    private static final Duration START_MAX = Duration.ofMinutes(2);

    private static final int CLIENTS = 48;
    private static final int STORES = 10;
    private static final int SKUS = 1_000;
    private static final int SAMPLES = 1_000;

    private final Path data;
    private final int count;
    private final Findings findings;
    private final PrintStream out;
    /** The first answers to a sample of the adjusts, by their numbers. */
    private final ConcurrentMap<Integer, Answer> sampled = new ConcurrentHashMap<>();

    private final LongAdder accepted = new LongAdder();

    private MillionKeys(Path data, int count, Findings findings, PrintStream out) {
        this.data = data;
        this.count = count;
        this.findings = findings;
        this.out = out;
    }

    /** Arguments: a directory for the data, and how many adjusts. */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[1]);
        Program.run("KEYS", (findings, out) -> {
            new MillionKeys(Path.of(arguments[0]), count, findings, out).run();
            return "";
        });
    }

    private void run() throws IOException {
        long start;
        try (ServiceProcess service = launch();
                Client client = new Client(service.uri(START_MAX))) {
            double heapBefore = service.heapMibAfterGc();
            start = System.nanoTime();
            Tasks.numbered(count, CLIENTS, number -> send(client, number));
            double seconds = Moments.secondsSince(start);
            long all = accepted.sum();
            out.printf("%d of %d accepted in %.0f s, %.0f a second%n", all, count, seconds, all / seconds);
            require(all == count, "not all were accepted");
            repeat(client, "while it ran on");
            require(keys(client) == count, "it remembers " + keys(client) + " keys");
            out.printf("heap after a collection: %.0f MiB, %.0f MiB before%n", service.heapMibAfterGc(), heapBefore);
            service.kill();
        }
        try (ServiceProcess service = launch();
                Client client = new Client(service.uri(START_MAX))) {
            out.printf(
                    "ready %.1f s after kill -9%n",
                    service.readyAfter().orElseThrow().toMillis() / 1e3);
            repeat(client, "after kill -9");
            out.printf("it remembers %d keys%n", keys(client));
        }
        long seconds = (long) Moments.secondsSince(start);
        require(seconds < LIVE_SECONDS, "it took " + seconds + " s, and a key lives for " + LIVE_SECONDS);
    }

    private ServiceProcess launch() throws IOException {
        return ServiceProcess.launchMeasured(List.of("-Xmx256m"), ServiceProcess.JAR, data, Map.of());
    }

    private void send(Client client, int number) throws IOException {
        Answer answer = adjust(client, number);
        boolean made = answer.accepted() && !answer.replayed();
        accepted.add(made ? 1 : 0);
        findings.require(made, Kind.WRONG_ANSWER, "adjust " + number + " was answered by " + answer);
        if (number % Math.max(1, count / SAMPLES) == 0) {
            sampled.put(number, answer);
        }
    }

    /** Sends the sample again, one after the other: each has to get its first answer to the byte. */
    private void repeat(Client client, String when) throws IOException {
        Histogram micros = new Histogram(3);
        int same = 0;
        for (Map.Entry<Integer, Answer> first : sampled.entrySet()) {
            long start = System.nanoTime();
            Answer again = adjust(client, first.getKey());
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            boolean isFirst = isReplay(again, first.getValue());
            same += isFirst ? 1 : 0;
            findings.require(isFirst, Kind.WRONG_ANSWER, when + ": " + first + ", then answered by " + again);
        }
        out.printf(
                "%d of %d repeated %s got their first answer, the median in %d us%n",
                same, sampled.size(), when, micros.getValueAtPercentile(50));
    }

    private static boolean isReplay(Answer again, Answer first) {
        return again.replayed()
                && again.status() == first.status()
                && again.body().equals(first.body())
                && again.headers().containsKey("etag")
                && Stream.of("etag", "location")
                        .allMatch(name -> Objects.equals(
                                again.headers().get(name), first.headers().get(name)));
    }

    private static Answer adjust(Client client, int number) throws IOException {
        String sku = "SKU" + number / STORES % SKUS;
        return client.adjust("S" + number % STORES, sku, 1, "order-2026-11-30-" + number);
    }

    private static long keys(Client client) throws IOException {
        return client.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("inventory_idempotency_keys"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void require(boolean holds, String otherwise) {
        findings.require(holds, Kind.OTHER, otherwise);
    }
}
