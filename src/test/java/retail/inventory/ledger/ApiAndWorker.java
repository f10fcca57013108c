package retail.inventory.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import retail.inventory.lab.ServiceProcess;

/** A process that takes the writes and one that follows its log, or one that does both. Safe for several threads. */
final class ApiAndWorker implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of("AUDIT_INTERVAL_MS", "1000");

    private final Path jar;
    private final Path directory;
    private final ServiceProcess api;
    private final List<ServiceProcess> workers = new ArrayList<>();

    /** Starts it; nobody waits until the worker is ready. */
    ApiAndWorker(Path jar, Path directory, boolean oneProcess) throws IOException {
        this.jar = jar;
        this.directory = directory;
        this.api = oneProcess ? launch() : launch("--inventory.role=api");
        URI _ = api.uri(); // which makes the directory of the log that the worker follows
        workers.add(oneProcess ? api : launch("--inventory.role=worker"));
    }

    /** The process that takes the writes. */
    ServiceProcess api() {
        return api;
    }

    /** The latest process that answers the central queries. */
    synchronized ServiceProcess worker() {
        return workers.getLast();
    }

    /** All that ever did. */
    synchronized List<ServiceProcess> workers() {
        return List.copyOf(workers);
    }

    /** Where the feed is now. */
    FeedFollower.Source feed() {
        ServiceProcess worker = worker();
        return new FeedFollower.Source(worker.uriIfReady(), worker::isKilled);
    }

    /** Kills the worker and starts another one. */
    synchronized void killWorker() throws IOException {
        worker().kill();
        workers.add(launch("--inventory.role=worker"));
    }

    /** Fails when a process has ended that nobody killed. */
    void requireAlive() {
        for (ServiceProcess each : List.of(api, worker())) {
            if (!each.isKilled() && !each.isAlive()) {
                throw new ReplayException("A process ended by itself. What it said:%n%s".formatted(each.output()));
            }
        }
    }

    /** What the processes logged as errors. */
    List<String> errors() {
        return Stream.concat(Stream.of(api), workers().stream())
                .distinct()
                .flatMap(each -> each.output().stream())
                .filter(line -> line.contains(" ERROR "))
                .toList();
    }

    @Override
    public synchronized void close() {
        workers.forEach(ServiceProcess::kill);
        api.kill();
    }

    private ServiceProcess launch(String... arguments) throws IOException {
        return ServiceProcess.launchMeasured(List.of(), jar, directory.resolve("data"), SETTINGS, arguments);
    }
}
