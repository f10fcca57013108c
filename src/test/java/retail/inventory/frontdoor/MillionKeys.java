package retail.inventory.frontdoor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import retail.inventory.lab.Connection;
import retail.inventory.lab.ServiceProcess;

/**
 * As many idempotency keys as a busy five minutes have, against the built jar at 256 MiB of heap: each adjust is accepted, and
 * a sample of them, sent again, gets its first answer to the byte, before and after {@code kill -9}. Ends with 1 when not.
 */
// A program: prints its result.
public final class MillionKeys {

    private static final long LIVE_SECONDS = 300;
    private static final Duration START_MAX = Duration.ofMinutes(2);

    private final Path data;
    private final KeyedAdjusts adjusts;
    private boolean held = true;

    private MillionKeys(Path data, int count) {
        this.data = data;
        this.adjusts = new KeyedAdjusts(count);
    }

    /** Arguments: a directory for the data, and how many adjusts. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        System.exit(new MillionKeys(Path.of(arguments[0]), count).holds(count) ? 0 : 1);
    }

    private boolean holds(int count) throws Exception {
        long start = System.nanoTime();
        try (ServiceProcess service = launch()) {
            URI uri = service.uri(START_MAX);
            ServiceState before = ServiceState.of(uri, service.pid());
            start = System.nanoTime();
            long accepted = adjusts.send(uri);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%d of %d accepted in %.0f s, %.0f a second%n", accepted, count, seconds, accepted / seconds);
            require(accepted == count, "not all were accepted");
            repeat(uri, "while it ran on");
            require(keys(uri) == count, "it remembers " + keys(uri) + " keys");
            ServiceState after = ServiceState.of(uri, service.pid());
            System.out.printf("heap after a collection: %d MiB, %d MiB before%n", after.heapMiB(), before.heapMiB());
            service.kill();
        }
        long down = System.nanoTime();
        try (ServiceProcess service = launch()) {
            URI uri = service.uri(START_MAX);
            System.out.printf("ready %.1f s after kill -9%n", (System.nanoTime() - down) / 1e9);
            repeat(uri, "after kill -9");
            System.out.printf("it remembers %d keys%n", keys(uri));
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        require(seconds < LIVE_SECONDS, "it took " + seconds + " s, and a key lives for " + LIVE_SECONDS);
        adjusts.complaints().forEach(System.out::println);
        System.out.println(held ? "all held" : "some did not hold");
        return held;
    }

    private ServiceProcess launch() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return ServiceProcess.launch(
                List.of(java, "-Xmx256m", "-jar", "target/inventory-service.jar"),
                Map.of("PORT", "0", "LOG_FORMAT", "text", "RATE_LIMIT_RPS", "0", "DATA_DIR", data.toString()));
    }

    private void repeat(URI service, String when) throws IOException {
        KeyedAdjusts.Repeated repeated = adjusts.repeat(service);
        System.out.printf(
                "%d of %d repeated %s got their first answer, the median in %d us%n",
                repeated.same(), repeated.of(), when, repeated.medianMicros());
        require(repeated.same() == repeated.of(), "some were answered otherwise " + when);
    }

    private static long keys(URI service) throws IOException {
        try (Connection connection = new Connection(service)) {
            return connection
                    .get("/actuator/prometheus")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("inventory_idempotency_keys"))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            held = false;
            System.out.println("BROKEN: " + otherwise);
        }
    }
}
