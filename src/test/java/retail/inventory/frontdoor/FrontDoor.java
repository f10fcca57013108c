package retail.inventory.frontdoor;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import retail.inventory.lab.Client;
import retail.inventory.lab.Connection;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.ProcFiles;
import retail.inventory.lab.Program;
import retail.inventory.lab.ServiceProcess;

/**
 * Floods the built jar, at 256 MiB of heap, from one address, while a probe asks for health and a till at another address goes
 * on; then looks whether all is as before. Ends with 1 when something does not hold.
 */
// A program: prints its result.
public final class FrontDoor {

    private static final String STRANGER = "127.0.0.2";
    private static final String TILL = "127.0.0.3";
    private static final String PROBE = "127.0.0.1";

    /** The part that comes from the probe's own address. */
    private static final String ONE_ADDRESS = "one-address";

    private static final int HEADS = 8_000;
    private static final int BODIES = 5_000;
    private static final int FOLLOWERS = 1_000;
    private static final int KEYS = 100_000;

    private static final String STORE = "TILL";
    private static final String SKU = "SOLD";
    private static final String HEAD = "GET /stores/S1/inventory/A HTTP/1.1\r\nHost: localhost\r\nX-Long: ";
    private static final String BODY = "POST /stores/S1/inventory/A/adjust HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"de";
    private static final String FOLLOWER =
            "GET /events?after=0 HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";

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
        void run(String from) throws IOException, InterruptedException;
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
                    Pulse health = new Pulse("health-probe", _ -> isAlive(client.base()));
                    Pulse till = new Pulse(
                            "till", key -> client.adjust(STORE, SKU, 1, key).accepted())) {
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

    private void run(List<String> parts) throws IOException, InterruptedException {
        Map<String, Attack> attacks = attacks();
        if (!attacks.keySet().containsAll(parts)) {
            throw new IllegalArgumentException("the parts are " + attacks.keySet() + ", not " + parts);
        }
        TimeUnit.SECONDS.sleep(SECONDS); // so that what is measured before is not the start
        double heapBefore = process.heapMibAfterGc();
        long connectionsBefore = ProcFiles.connections(service.getPort());
        out.printf(
                "before: heap %.0f MiB, %d connections%n%-12s %8s %7s %11s %9s %9s %9s%n",
                heapBefore, connectionsBefore, "", "probes", "failed", "slowest ms", "changes", "repeated", "slowest");
        requireFine("calm", from -> TimeUnit.SECONDS.sleep(3), STRANGER);
        for (String part : parts.isEmpty() ? List.copyOf(attacks.keySet()) : parts) {
            requireFine(part, Objects.requireNonNull(attacks.get(part)), part.equals(ONE_ADDRESS) ? PROBE : STRANGER);
        }
        out.println("waiting " + CALM_SECONDS + " s");
        TimeUnit.SECONDS.sleep(CALM_SECONDS);
        till.stop();
        requireAsBefore(heapBefore, connectionsBefore);
    }

    /** Each part by its name, in the order of a whole run. */
    private Map<String, Attack> attacks() {
        Map<String, Attack> attacks = new LinkedHashMap<>();
        attacks.put("heads", this::heads);
        attacks.put("bodies", this::bodies);
        attacks.put("followers", this::followers);
        attacks.put("keys", this::keys);
        attacks.put("together", this::together);
        attacks.put(ONE_ADDRESS, this::headsAndBodies);
        return attacks;
    }

    private void requireFine(String name, Attack attack, String from) throws IOException, InterruptedException {
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

    private void heads(String from) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(service, from)) {
            crowd.join(HEADS, HEAD);
            for (int second = 0; second < SECONDS; second++) {
                TimeUnit.SECONDS.sleep(1);
                crowd.trickle("a");
            }
        }
    }

    private void bodies(String from) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(service, from)) {
            crowd.join(BODIES, BODY);
            TimeUnit.SECONDS.sleep(SECONDS);
        }
    }

    private void followers(String from) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(service, from)) {
            crowd.join(FOLLOWERS, FOLLOWER);
            TimeUnit.SECONDS.sleep(SECONDS);
        }
    }

    private void keys(String from) throws IOException {
        long start = System.nanoTime();
        long cameIn = MadeUpKeys.send(KEYS, service, from, Client.path(STORE, SKU));
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        long most = 200 + 100 * (seconds + 1); // the defaults of RATE_LIMIT_BURST and RATE_LIMIT_RPS
        out.printf("%d requests with made-up keys in %d s: %d came in (%d may)%n", KEYS, seconds, cameIn, most);
        require(cameIn <= most, "keys: " + cameIn + " came in where " + most + " may");
    }

    private void headsAndBodies(String from) throws IOException, InterruptedException {
        try (Crowd crowd = new Crowd(service, from)) {
            crowd.join(HEADS, HEAD);
            crowd.join(BODIES, BODY);
            TimeUnit.SECONDS.sleep(SECONDS);
        }
    }

    private void together(String from) throws IOException, InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Attack> attacks = List.of(this::heads, this::bodies, this::followers, this::keys);
        for (Attack attack : attacks) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    attack.run(from);
                } catch (IOException e) {
                    findings.add(Kind.OTHER, "together: the attack ended: " + e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
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
        require(
                lines.stream().noneMatch(line -> line.contains("ERROR") || line.contains("OutOfMemory")),
                "the log has errors: "
                        + lines.stream()
                                .filter(line -> line.contains("ERROR") || line.contains("OutOfMemory"))
                                .findFirst()
                                .orElse(""));
    }

    private void require(boolean holds, String otherwise) {
        findings.require(holds, Kind.OTHER, otherwise);
    }
}
