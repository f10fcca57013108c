package retail.inventory.frontdoor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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

    private final URI service;
    private final HealthProbe probe;
    private final Till till;
    private final List<String> broken = new ArrayList<>();

    private FrontDoor(URI service, HealthProbe probe, Till till) {
        this.service = service;
        this.probe = probe;
        this.till = till;
    }

    private interface Attack {
        void run(String from) throws IOException, InterruptedException;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> broken = flood(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length));
        broken.forEach(each -> System.out.println("BROKEN: " + each));
        System.out.println(broken.isEmpty() ? "all held" : broken.size() + " did not hold");
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    private static List<String> flood(Path data, List<String> parts) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-Xmx256m", "-jar", "target/inventory-service.jar");
        Map<String, String> settings = Map.of("PORT", "0", "LOG_FORMAT", "text", "DATA_DIR", data.toString());
        try (ServiceProcess process = ServiceProcess.launch(command, settings)) {
            URI service = URI.create("http://127.0.0.1:" + process.uri().getPort());
            try (HealthProbe probe = new HealthProbe(service);
                    Till till = new Till(service, TILL)) {
                return new FrontDoor(service, probe, till).run(parts, process);
            }
        }
    }

    private List<String> run(List<String> parts, ServiceProcess process) throws Exception {
        Map<String, Attack> attacks = attacks();
        if (!attacks.keySet().containsAll(parts)) {
            throw new IllegalArgumentException("the parts are " + attacks.keySet() + ", not " + parts);
        }
        TimeUnit.SECONDS.sleep(SECONDS); // so that what is measured before is not the start
        ServiceState before = ServiceState.of(service, process.pid());
        System.out.printf(
                "before: heap %d MiB, %d connections%n%-12s %8s %7s %11s %9s %9s %9s%n",
                before.heapMiB(),
                before.connections(),
                "",
                "probes",
                "failed",
                "slowest ms",
                "changes",
                "repeated",
                "slowest");
        requireFine("calm", from -> TimeUnit.SECONDS.sleep(3), STRANGER);
        for (String part : parts.isEmpty() ? List.copyOf(attacks.keySet()) : parts) {
            requireFine(part, Objects.requireNonNull(attacks.get(part)), part.equals(ONE_ADDRESS) ? PROBE : STRANGER);
        }
        System.out.println("waiting " + CALM_SECONDS + " s");
        TimeUnit.SECONDS.sleep(CALM_SECONDS);
        till.stop();
        requireAsBefore(before, process);
        return broken;
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

    private void requireFine(String name, Attack attack, String from) throws Exception {
        probe.take();
        till.take();
        attack.run(from);
        HealthProbe.Seen seen = probe.take();
        Till.Done done = till.take();
        System.out.printf(
                "%-12s %8d %7d %11d %9d %9d %9d%n",
                name,
                seen.asked(),
                seen.failures().size(),
                seen.slowestMs(),
                done.accepted(),
                done.repeated(),
                done.slowestMs());
        require(
                seen.failures().isEmpty(),
                name + ": " + seen.failures().size() + " of " + seen.asked() + " probes failed: " + seen.failures());
        require(
                seen.slowestMs() < HEALTH_MS_MAX,
                name + ": health took " + seen.slowestMs() + " ms; it must be less than " + HEALTH_MS_MAX);
        require(done.accepted() > 0, name + ": no change of the till was accepted");
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
        MadeUpKeys keys = new MadeUpKeys(service, from);
        long start = System.nanoTime();
        keys.send(KEYS);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        long most = 200 + 100 * (seconds + 1); // the defaults of RATE_LIMIT_BURST and RATE_LIMIT_RPS
        System.out.printf(
                "%d requests with made-up keys in %d s: %d refused, %d came in (%d may)%n",
                KEYS, seconds, keys.refused(), keys.others(), most);
        require(keys.others() <= most, "keys: " + keys.others() + " came in where " + most + " may");
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
                    synchronized (this) {
                        broken.add("together: the attack ended: " + e);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void requireAsBefore(ServiceState before, ServiceProcess process) throws Exception {
        ServiceState after = ServiceState.of(service, process.pid());
        List<String> lines = process.output();
        System.out.printf(
                "after:  heap %d MiB, %d connections; %d lines of log, %d of them about connections; %d changes accepted, %d stored%n",
                after.heapMiB(),
                after.connections(),
                lines.size(),
                lines.stream().filter(line -> line.contains("onnections")).count(),
                till.accepted(),
                till.stored());
        lines.stream().filter(line -> line.contains("onnections")).forEach(System.out::println);
        require(
                after.heapMiB() <= before.heapMiB() + HEAP_MIB_MORE,
                "the heap has " + after.heapMiB() + " MiB, " + before.heapMiB() + " before");
        require(
                after.connections() <= before.connections() + 2,
                after.connections() + " connections are open, " + before.connections() + " before");
        require(till.stored() == till.accepted(), "the stock is " + till.stored() + ", not " + till.accepted());
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

    private synchronized void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }
}
