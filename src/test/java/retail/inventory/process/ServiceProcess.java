package retail.inventory.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service's jar, started as a user would, on a free port of the loopback address. */
public final class ServiceProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Inventory service ready: (http://localhost:\\d+)/");
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final Thread reader;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<URI> ready = new CompletableFuture<>();

    private ServiceProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts the jar without waiting for it. */
    public static ServiceProcess launch(Path dataDir, Map<String, String> variables, String... arguments)
            throws IOException {
        return launchUnder(List.of(), dataDir, variables, arguments);
    }

    /** Starts the jar by a command that becomes it, as {@code strace -D} does; with an AOT cache if one is beside it. */
    public static ServiceProcess launchUnder(
            List<String> wrapper, Path dataDir, Map<String, String> variables, String... arguments) throws IOException {
        String jar = QuickJar.path();
        Path cache = Path.of(jar.replaceFirst("\\.jar$", ".aot"));
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m"));
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of("-jar", jar));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PORT", "0", "LOG_FORMAT", "text", "RATE_LIMIT_RPS", "0", "DATA_DIR", dataDir.toString()));
        builder.environment().putAll(variables);
        return new ServiceProcess(builder.start());
    }

    /** Starts a service by any command, such as one with other options for its JVM. */
    public static ServiceProcess launch(List<String> command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        return new ServiceProcess(builder.start());
    }

    /** Starts the jar and waits until it says that it is ready. */
    static ServiceProcess start(Path dataDir, String... arguments) throws IOException {
        ServiceProcess service = launch(dataDir, Map.of(), arguments);
        service.uri();
        return service;
    }

    /** Where it listens, once it is ready. */
    public URI uri() {
        return uri(START_MAX);
    }

    /** Where it listens, once it is ready, which may take longer than a start does: it may have to be built first. */
    public URI uri(Duration max) {
        try {
            return ready.get(max.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the service did not become ready: " + output, e);
        }
    }

    /** The operating system's number of it. */
    public long pid() {
        return process.pid();
    }

    /** The process, for those who measure it. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** All it printed so far. */
    public List<String> output() {
        return output;
    }

    /** Kills it without warning, as {@code kill -9} does, with what it runs in its turn, and waits until it is gone. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends it a signal. */
    public void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        kill.onExit().join();
    }

    /** Whether it has not ended yet. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to stop, as {@code kill} does; its exit code. */
    int terminate() throws IOException {
        signal("TERM"); // not by destroy(), which closes the stream of what it prints as well
        return awaitExit();
    }

    /** Waits until it has ended; its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(START_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the service did not end: " + output);
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(URI.create(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        ready.completeExceptionally(new IOException("the process has ended"));
    }
}
