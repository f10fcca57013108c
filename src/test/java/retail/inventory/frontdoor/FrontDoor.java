package retail.inventory.frontdoor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import retail.inventory.lab.Client;
import retail.inventory.lab.Connection;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.LoadGenerator;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Pace;
import retail.inventory.lab.ProcFiles;
import retail.inventory.lab.Program;
import retail.inventory.lab.Requests;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.Tasks;

/**
 * Floods the built jar, at 256 MiB of heap, from one address, while a probe asks for health and a till at another address goes
 * on; then looks whether all is as before. Ends with 1 when something does not hold.
 */
public final class FrontDoor {

    private static final String STRANGER = "127.0.0.2";
    private static final String TILL = "127.0.0.3";
    private static final String PROBE = "127.0.0.1";

    /** The part that comes from the probe's own address. */
    private static final String ONE_ADDRESS = "one-address";

    private static final int KEYS = 100_000;
    private static final int KEYS_AT_ONCE = 16;

    private static final String STORE = "TILL";
    private static final String SKU = "SOLD";

    private static final int SECONDS = 6;
    private static final int CALM_SECONDS = 20;
    private static final long HEALTH_MS_MAX = 1_000;
    private static final long HEAP_MIB_MORE = 24;
    /** Beside those of refused requests, of which each reason has ten a second. */
    private static final int LINES_MAX = 40;

    private final ServiceProcess process;
    private final URI service;
    private final Pulse health;
    private final Pulse till;
    private final Client tillClient;
    private final Findings findings;
    private final PrintStream out;

    private FrontDoor(
            ServiceProcess process, Pulse health, Pulse till, Client tillClient, Findings findings, PrintStream out) {
        this.process = process;
        this.service = tillClient.base();
        this.health = health;
        this.till = till;
        this.tillClient = tillClient;
        this.findings = findings;
        this.out = out;
    }

    private interface Attack {
        void run(String from) throws IOException;
    }

    /** What many connections begin with, and nothing follows. */
    private enum Flood {
        HEADS(8_000, "GET /stores/S1/inventory/A HTTP/1.1\r\nHost: localhost\r\nX-Long: "),
        BODIES(
                5_000,
                "POST /stores/S1/inventory/A/adjust HTTP/1.1\r\nHost: localhost\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"de"),
        FOLLOWERS(1_000, "GET /events?after=0 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n");

        private final int count;
        private final String text;

        Flood(int count, String text) {
            this.count = count;
            this.text = text;
        }
    }

    /** Arguments: a directory for the data, and the parts to run, without which it is all of them. */
    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        List<String> parts = List.of(arguments).subList(1, arguments.length);
        Map<String, String> limited = Map.of("RATE_LIMIT_RPS", "100");
        Program.run("FRONT DOOR", (findings, out) -> {
            try (ServiceProcess process =
                            ServiceProcess.launchMeasured(List.of("-Xmx256m"), ServiceProcess.JAR, data, limited);
                    Client client = new Client(
                            URI.create("http://127.0.0.1:" + process.uri().getPort()), InetAddress.ofLiteral(TILL));
                    Pulse health = new Pulse(_ -> isAlive(client.base()));
                    Pulse till =
                            new Pulse(key -> client.adjust(STORE, SKU, 1, key).accepted())) {
                new FrontDoor(process, health, till, client, findings, out).run(parts);
            }
            return "";
        });
    }

    /** Each time by a new connection, as probes do. */
    private static boolean isAlive(URI service) throws IOException {
        try (Connection connection = new Connection(service)) {
            return connection.get("/health/liveness").status() == 200;
        }
    }

    private void run(List<String> parts) throws IOException {
        Map<String, Attack> attacks = attacks();
        if (!attacks.keySet().containsAll(parts)) {
            throw new IllegalArgumentException("the parts are " + attacks.keySet() + ", not " + parts);
        }
        Moments.pause(1_000 * SECONDS); // so that what is measured before is not the start
        double heapBefore = process.heapMibAfterGc();
        long connectionsBefore = ProcFiles.connections(service.getPort());
        out.printf(
                "before: heap %.0f MiB, %d connections%n%-12s %8s %7s %11s %9s %9s %9s%n",
                heapBefore, connectionsBefore, "", "probes", "failed", "slowest ms", "changes", "repeated", "slowest");
        requireFine("calm", _ -> Moments.pause(3_000), STRANGER);
        for (String part : parts.isEmpty() ? List.copyOf(attacks.keySet()) : parts) {
            requireFine(part, Objects.requireNonNull(attacks.get(part)), part.equals(ONE_ADDRESS) ? PROBE : STRANGER);
        }
        out.println("waiting " + CALM_SECONDS + " s");
        Moments.pause(1_000 * CALM_SECONDS);
        till.close();
        requireAsBefore(heapBefore, connectionsBefore);
    }

    /** Each part by its name, in the order of a whole run. */
    private Map<String, Attack> attacks() {
        Map<String, Attack> attacks = new LinkedHashMap<>();
        attacks.put("heads", from -> flood(from, Flood.HEADS));
        attacks.put("bodies", from -> flood(from, Flood.BODIES));
        attacks.put("followers", from -> flood(from, Flood.FOLLOWERS));
        attacks.put("keys", this::keys);
        List<Attack> alone = List.copyOf(attacks.values());
        attacks.put(
                "together",
                from -> Tasks.numbered(
                        alone.size(), alone.size(), i -> alone.get(i).run(from)));
        attacks.put(ONE_ADDRESS, from -> flood(from, Flood.HEADS, Flood.BODIES));
        return attacks;
    }

    private void requireFine(String name, Attack attack, String from) throws IOException {
        Pulse.Seen _ = health.take();
        Pulse.Seen _ = till.take();
        attack.run(from);
        Pulse.Seen seen = health.take();
        Pulse.Seen sold = till.take();
        out.printf(
                "%-12s %8d %7d %11d %9d %9d %9d%n",
                name,
                seen.done(),
                seen.failures().size(),
                seen.slowestMs(),
                sold.done(),
                sold.failures().size(),
                sold.slowestMs());
        require(seen.failures().isEmpty(), name + ": probes failed: " + seen.failures());
        require(
                seen.slowestMs() < HEALTH_MS_MAX,
                name + ": health took " + seen.slowestMs() + " ms; it must be less than " + HEALTH_MS_MAX);
        require(sold.done() > 0, name + ": no change of the till was accepted");
    }

    private void flood(String from, Flood... floods) throws IOException {
        try (Crowd crowd = new Crowd(service, from)) {
            for (Flood flood : floods) {
                crowd.join(flood.count, flood.text);
            }
            for (int second = 0; second < SECONDS; second++) {
                Moments.pause(1_000);
                if (List.of(floods).equals(List.of(Flood.HEADS))) {
                    crowd.trickle("a"); // a head that goes on and never ends
                }
            }
        }
    }

    /** Reads by a client that makes up another key for each, so that a limit by key would be none. */
    private void keys(String from) throws IOException {
        AtomicInteger next = new AtomicInteger();
        Requests madeUp = () -> ByteBuffer.wrap(("GET " + Client.path(STORE, SKU)
                        + " HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: made-up-" + next.getAndIncrement() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        // Connections may be closed when they run out.
        Findings unseen = new Findings(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        long start = System.nanoTime();
        long sent = 0;
        long cameIn = 0;
        try (LoadGenerator generator = new LoadGenerator(service, InetAddress.ofLiteral(from), madeUp, unseen)) {
            while (sent < KEYS) {
                Outcomes outcomes = generator.run(new Pace.Closed(KEYS_AT_ONCE), Duration.ofMillis(500));
                generator.drain();
                sent += outcomes.sent();
                cameIn += outcomes.count(Outcome.ACCEPTED);
            }
        }
        long seconds = (long) Moments.secondsSince(start);
        long most = 200 + 100 * (seconds + 1); // the defaults of RATE_LIMIT_BURST and RATE_LIMIT_RPS
        out.printf("%d requests with made-up keys in %d s: %d came in (%d may)%n", KEYS, seconds, cameIn, most);
        require(cameIn <= most, "keys: " + cameIn + " came in where " + most + " may");
    }

    private void requireAsBefore(double heapBefore, long connectionsBefore) throws IOException {
        double heap = process.heapMibAfterGc();
        long connections = ProcFiles.connections(service.getPort());
        long stored = tillClient.record(STORE, SKU).number("qty");
        List<String> lines = process.output();
        out.printf(
                "after:  heap %.0f MiB, %d connections; %d lines of log; %d changes accepted, %d stored%n",
                heap, connections, lines.size(), till.all(), stored);
        lines.stream().filter(line -> line.contains("onnections")).forEach(out::println);
        require(heap <= heapBefore + HEAP_MIB_MORE, "the heap has " + heap + " MiB, " + heapBefore + " before");
        require(
                connections <= connectionsBefore + 2,
                connections + " connections are open, " + connectionsBefore + " before");
        require(stored == till.all(), "the stock is " + stored + ", not " + till.all());
        long others = lines.stream()
                .filter(line -> !line.contains("Rejected") && !line.contains(" more requests were "))
                .count();
        require(others < LINES_MAX, others + " lines of log beside those of refused requests");
        List<String> errors = lines.stream()
                .filter(line -> line.contains("ERROR") || line.contains("OutOfMemory"))
                .toList();
        require(errors.isEmpty(), "the log has errors: " + errors);
    }

    private void require(boolean holds, String otherwise) {
        findings.require(holds, Kind.OTHER, otherwise);
    }
}
