package retail.inventory.frontdoor;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Program;
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
    private final Findings findings;
    private final PrintStream out;

    private MillionKeys(Path data, int count, Findings findings, PrintStream out) {
        this.data = data;
        this.adjusts = new KeyedAdjusts(count, findings);
        this.findings = findings;
        this.out = out;
    }

    /** Arguments: a directory for the data, and how many adjusts. */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[1]);
        Program.run("KEYS", (findings, out) -> {
            new MillionKeys(Path.of(arguments[0]), count, findings, out).run(count);
            return "";
        });
    }

    private void run(int count) throws IOException, InterruptedException {
        long start;
        try (ServiceProcess service = launch();
                Client client = new Client(service.uri(START_MAX))) {
            double heapBefore = service.heapMibAfterGc();
            start = System.nanoTime();
            long accepted = adjusts.send(client);
            double seconds = Moments.secondsSince(start);
            out.printf("%d of %d accepted in %.0f s, %.0f a second%n", accepted, count, seconds, accepted / seconds);
            require(accepted == count, "not all were accepted");
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

    private void repeat(Client client, String when) throws IOException {
        KeyedAdjusts.Repeated repeated = adjusts.repeat(client);
        out.printf(
                "%d of %d repeated %s got their first answer, the median in %d us%n",
                repeated.same(), repeated.of(), when, repeated.medianMicros());
        require(repeated.same() == repeated.of(), "some were answered otherwise " + when);
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
