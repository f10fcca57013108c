package retail.inventory.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service's jar as a process, on a free port of the loopback address, from its start to its end. */
final class ServiceInstance implements FeedSource {

    private static final Pattern READY = Pattern.compile("ready: .*?(http://localhost:\\d+)/");
    private static final Pattern ERROR = Pattern.compile("\\sERROR\\s");
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final int OUTPUT_LINES_KEPT = 50;

    private final String name;
    private final Process process;
    private final long startedNanos = System.nanoTime();
    private final Deque<String> output = new ArrayDeque<>();
    private final Complaints errors = new Complaints();
    private final CountDownLatch readyOrEnded = new CountDownLatch(1);
    private volatile Optional<URI> url = Optional.empty();
    private volatile Optional<Duration> readyAfter = Optional.empty();
    private volatile boolean killed;

    private ServiceInstance(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().daemon().name(name + "-output").start(this::read);
    }

    /** Starts it without waiting for it. */
    static ServiceInstance launch(String name, Path jar, Path dataDir, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PORT",
                        "0",
                        "LOG_FORMAT",
                        "text",
                        "RATE_LIMIT_RPS",
                        "0",
                        "DATA_DIR",
                        dataDir.toString(),
                        "AUDIT_INTERVAL_MS",
                        "1000"));
        try {
            return new ServiceInstance(name, builder.start());
        } catch (IOException e) {
            throw new ReplayException("The %s cannot be started: %s.".formatted(name, e), e);
        }
    }

    @Override
    public Optional<URI> url() {
        return url;
    }

    @Override
    public boolean killed() {
        return killed;
    }

    /** How long it took from its start until it said that it is ready; nothing while it has not. */
    Optional<Duration> readyAfter() {
        return readyAfter;
    }

    /** Where it serves, once it does. */
    URI awaitReady() throws InterruptedException {
        if (!readyOrEnded.await(START_MAX.toSeconds(), TimeUnit.SECONDS) || url.isEmpty()) {
            throw new ReplayException("The %s did not become ready. Its last words:%n%s".formatted(name, lastWords()));
        }
        return url.get();
    }

    /** Adds the lines that it logged as errors so far. */
    void errorsInto(Complaints complaints) {
        synchronized (output) {
            complaints.addAll(errors);
        }
    }

    /** Fails when it has ended though nobody killed it. */
    void requireAlive() {
        if (!killed && !process.isAlive()) {
            throw new ReplayException("The %s ended by itself, exit code %d. Its last words:%n%s"
                    .formatted(name, process.exitValue(), lastWords()));
        }
    }

    /** Kills it without warning, as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        killed = true;
        process.destroyForcibly();
        process.onExit().join();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                remember(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    readyAfter = Optional.of(Duration.ofNanos(System.nanoTime() - startedNanos));
                    url = Optional.of(URI.create(ready.group(1)));
                    readyOrEnded.countDown();
                }
            }
        } catch (IOException e) {
            remember(e.toString()); // Its end cuts the pipe.
        }
        readyOrEnded.countDown();
    }

    private void remember(String line) {
        synchronized (output) {
            output.add(line);
            if (ERROR.matcher(line).find()) {
                errors.add(name + ": " + line);
            }
            if (output.size() > OUTPUT_LINES_KEPT) {
                output.remove();
            }
        }
    }

    private String lastWords() {
        synchronized (output) {
            return String.join(System.lineSeparator(), output);
        }
    }
}
