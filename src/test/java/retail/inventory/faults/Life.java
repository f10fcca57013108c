package retail.inventory.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import retail.inventory.process.Client;
import retail.inventory.process.ServiceProcess;

/** The service from one start to its end. */
final class Life {

    private static final int THREAD_NAME_MAX = 15; // TASK_COMM_LEN of Linux

    /**
     * A snapshot for each look that finds an event, no limit that a test would reach, and keys that live as long as the
     * test, so that no segment goes to the archive.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "SNAPSHOT_EVERY_N_EVENTS", "1",
            "AUDIT_INTERVAL_MS", "1000",
            "RATE_LIMIT_RPS", "0",
            "IDEMP_TTL_MS", "86400000");

    private final int number;
    private final ServiceProcess service;
    private final Client client;
    private volatile boolean killed;

    private Life(int number, ServiceProcess service) {
        this.number = number;
        this.service = service;
        this.client = new Client(service.uri());
    }

    /** Starts it and waits until it is ready. */
    static Life start(int number, Path dataDir) throws IOException {
        return new Life(number, ServiceProcess.launch(dataDir, SETTINGS));
    }

    /** How many starts there were until this one. */
    int number() {
        return number;
    }

    Client client() {
        return client;
    }

    List<String> output() {
        return service.output();
    }

    /** The operating system's number of a thread of it. */
    long threadId(String name) throws IOException {
        String shortName = name.substring(0, Math.min(name.length(), THREAD_NAME_MAX));
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + service.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm"), StandardCharsets.UTF_8)
                        .strip()
                        .equals(shortName)) {
                    return Long.parseLong(thread.getFileName().toString());
                }
            }
        }
        throw new IOException("the service has no thread " + name);
    }

    /** {@code kill -9}. What is under way with it fails, and that is nobody's fault. */
    void kill() {
        killed = true;
        service.kill();
    }

    boolean isKilled() {
        return killed;
    }
}
