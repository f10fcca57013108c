package retail.inventory.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import retail.inventory.lab.Command;
import retail.inventory.lab.ServiceProcess;

/**
 * The service on a fresh directory: a process that takes the writes and one that follows its log, or one that does both.
 * Closing it ends the processes and removes the directory. Safe for several threads.
 */
final class ServiceUnderTest implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of("AUDIT_INTERVAL_MS", "1000");

    private final Path jar;
    private final Path directory;
    private final ServiceProcess api;
    private final List<ServiceProcess> workers = new ArrayList<>();
    private boolean closed;

    /** Starts it; nobody waits until it is ready. */
    ServiceUnderTest(Path jar, boolean oneProcess) throws IOException {
        this.jar = jar;
        this.directory = Files.createTempDirectory("follow-ledger");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        this.api = oneProcess ? launch() : launch("--inventory.role=api");
        var _ = api.uri(); // which makes the directory of the log that the worker follows
        if (oneProcess) {
            workers.add(api);
        } else {
            startWorker();
        }
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

    /** Kills the worker and starts another one. */
    synchronized void killWorker() throws IOException {
        worker().kill();
        startWorker();
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
        if (!closed) {
            closed = true;
            workers.forEach(ServiceProcess::kill);
            api.kill();
            try {
                Command.run("rm", "-rf", directory.toString());
            } catch (IOException e) {
                throw new ReplayException("The directory %s cannot be removed.".formatted(directory), e);
            }
        }
    }

    private synchronized void startWorker() throws IOException {
        if (closed) {
            throw new ReplayException("The processes have been ended.");
        }
        workers.add(launch("--inventory.role=worker"));
    }

    private ServiceProcess launch(String... arguments) throws IOException {
        return ServiceProcess.launchMeasured(List.of(), jar, directory.resolve("data"), SETTINGS, arguments);
    }
}
