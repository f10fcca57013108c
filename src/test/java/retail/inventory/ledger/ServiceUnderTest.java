package retail.inventory.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The service on a fresh directory: a process that takes the writes and one that follows its log, or one that does both.
 * Closing it ends the processes and removes the directory. Safe for several threads.
 */
final class ServiceUnderTest implements AutoCloseable {

    private final Path jar;
    private final Path directory;
    private final ServiceInstance api;
    private final List<ServiceInstance> workers = new ArrayList<>();
    private boolean closed;

    private ServiceUnderTest(Path jar, Path directory, boolean oneProcess) {
        this.jar = jar;
        this.directory = directory;
        this.api = launch(oneProcess ? "service" : "api", oneProcess ? List.of() : List.of("--inventory.role=api"));
    }

    /** Starts it and waits until it is ready. */
    static ServiceUnderTest start(Path jar, boolean oneProcess) throws InterruptedException {
        Path directory;
        try {
            directory = Files.createTempDirectory("follow-ledger");
        } catch (IOException e) {
            throw new ReplayException("There is no directory for the data: %s.".formatted(e), e);
        }
        ServiceUnderTest service = new ServiceUnderTest(jar, directory, oneProcess);
        // Also when the program is interrupted: nothing may stay behind.
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        try {
            service.api.awaitReady();
            if (oneProcess) {
                service.workers.add(service.api);
            } else {
                service.startWorker().awaitReady();
            }
            return service;
        } catch (InterruptedException | RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** What takes the writes. */
    ServiceInstance api() {
        return api;
    }

    /** What answers the central queries: the latest one, which may not be ready yet. */
    synchronized ServiceInstance worker() {
        return workers.getLast();
    }

    /** All there were, the latest last. */
    synchronized List<ServiceInstance> workers() {
        return List.copyOf(workers);
    }

    /** Kills the worker and starts the next one at once. */
    synchronized void killWorker() {
        worker().kill();
        startWorker();
    }

    /** Fails when a process is gone that nobody killed. */
    void requireAlive() {
        api.requireAlive();
        worker().requireAlive();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        workers.forEach(ServiceInstance::kill);
        api.kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new ReplayException("The directory %s cannot be removed: %s.".formatted(directory, e), e);
        }
    }

    private synchronized ServiceInstance startWorker() {
        if (closed) {
            throw new ReplayException("The processes have been ended.");
        }
        ServiceInstance worker = launch("worker", List.of("--inventory.role=worker"));
        workers.add(worker);
        return worker;
    }

    private ServiceInstance launch(String name, List<String> arguments) {
        return ServiceInstance.launch(name, jar, directory.resolve("data"), arguments);
    }
}
