package retail.inventory.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The service's jar as a process: started as a user would, on a free port of the loopback address, killed, frozen, stopped. */
public final class ServiceProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Inventory service ready: (http://localhost:\\d+)/");
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");
    private static final Duration STOP_MAX = Duration.ofMinutes(3);
    private static final Duration FREEZE_MAX = Duration.ofSeconds(10);

    /** What the build makes, or another one of its kind. */
    public static final Path JAR = Path.of(System.getProperty("inventory.jar", "target/inventory-service.jar"));

    private final Process process;
    private final Thread reader;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<URI> ready = new CompletableFuture<>();
    private final long startedNanos = System.nanoTime();
    private volatile long readyNanos;
    private volatile boolean killed;

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
        Path jar = Path.of(QuickJar.path());
        return launch(QuickJar.command(wrapper, QUICK, jar, arguments), dataDir, variables);
    }

    /** Starts a jar with options of its JVM and no others, to measure it; with an AOT cache if one is beside it. */
    public static ServiceProcess launchMeasured(
            List<String> jvm, Path jar, Path dataDir, Map<String, String> variables, String... arguments)
            throws IOException {
        return launch(QuickJar.command(List.of(), jvm, jar, arguments), dataDir, variables);
    }

    private static ServiceProcess launch(List<String> command, Path dataDir, Map<String, String> variables)
            throws IOException {
        Map<String, String> all = new HashMap<>(
                Map.of("PORT", "0", "LOG_FORMAT", "text", "RATE_LIMIT_RPS", "0", "DATA_DIR", dataDir.toString()));
        all.putAll(variables);
        return launch(command, all);
    }

    /** Starts a service by any command. */
    public static ServiceProcess launch(List<String> command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        return new ServiceProcess(builder.start());
    }

    /** Starts the jar and waits until it says that it is ready. */
    public static ServiceProcess start(Path dataDir, String... arguments) throws IOException {
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

    /** Where it listens; nothing until it is ready, or when it ended before. */
    public Optional<URI> uriIfReady() {
        return ready.isDone() && !ready.isCompletedExceptionally() ? Optional.of(ready.join()) : Optional.empty();
    }

    /** The operating system's number of it. */
    public long pid() {
        return process.pid();
    }

    /** How long it took from its start until it was ready; nothing when it is not. */
    public Optional<Duration> readyAfter() {
        return readyNanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(readyNanos - startedNanos));
    }

    /** Processor time it has used, with what it runs in its turn. */
    public Duration cpu() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** What Linux tells of it. */
    public ProcFiles proc() {
        return ProcFiles.of(pid());
    }

    /** What its heap holds after its garbage is collected. */
    public double heapMibAfterGc() throws IOException {
        Command.run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid()), "GC.run");
        try (Client client = new Client(uri())) {
            Answer used = client.get("/actuator/metrics/jvm.memory.used?tag=area:heap");
            return used.json().at("/measurements/0/value").asDouble() / (1 << 20);
        }
    }

    /** The first line it printed in which something is found. */
    public Optional<MatchResult> printed(Pattern pattern) {
        return output.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(Matcher::toMatchResult);
    }

    /** All it printed so far. */
    public List<String> output() {
        return output;
    }

    /** Kills it without warning, as {@code kill -9} does, with what it runs in its turn, and waits until it is gone. */
    public void kill() {
        killed = true;
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitExit();
    }

    /** Whether it was killed by this. */
    public boolean isKilled() {
        return killed;
    }

    /**
     * Freezes it; no thread of it runs when this returns.
     *
     * <p>Who takes its disk away has to: while ext4 is being shut down a sync may be answered with success although its data is
     * lost; a loop of write and fdatasync alone was told so in 2 of 40 shutdowns (Linux 6.18).
     */
    public void freeze() throws IOException {
        signal("STOP");
        if (!Moments.within(FREEZE_MAX, proc()::standsStill)) {
            throw new IOException("process " + pid() + " does not stop");
        }
    }

    /** Lets a frozen one go on. */
    public void thaw() throws IOException {
        signal("CONT");
    }

    /** Sends it a signal. */
    public void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        kill.onExit().join();
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to stop, as {@code kill} does; its exit code. */
    public int terminate() throws IOException {
        signal("TERM"); // not by destroy(), which closes the stream of what it prints as well
        return awaitExit();
    }

    /** Waits until it has ended; its exit code. */
    public int awaitExit() {
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
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
                    readyNanos = System.nanoTime();
                    ready.complete(URI.create(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        ready.completeExceptionally(new IOException("the process has ended"));
    }
}
