package retail.inventory.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retail.inventory.process.Ports;

/** The service's jar as a process of its own, timed from its launch until it says over HTTP that it is ready. */
final class MeasuredStart implements AutoCloseable {

    /** As it is built. */
    static final Path JAR = Path.of("target/inventory-service.jar");

    private static final Duration READY_MAX = Duration.ofMinutes(3);
    private static final Duration STOP_MAX = Duration.ofMinutes(3);
    private static final long POLL_EVERY_MS = 10;
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final long launchedNanos = System.nanoTime();
    private final URI baseUrl;
    private final Process process;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final Thread reader;

    /** Launches a jar with options for the JVM and arguments for the service. */
    MeasuredStart(Path jar, Path data, List<String> jvmOptions, List<String> arguments) throws IOException {
        int port = Ports.free();
        baseUrl = URI.create("http://127.0.0.1:" + port);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "HOST",
                        "127.0.0.1",
                        "PORT",
                        Integer.toString(port),
                        "LOG_FORMAT",
                        "text",
                        "RATE_LIMIT_RPS",
                        "0",
                        "DATA_DIR",
                        data.toString()));
        process = builder.start();
        reader = Thread.ofVirtual().start(this::read);
    }

    /** Seconds from the launch to the first answer that says ready; empty when it ended or took too long. */
    Optional<Double> awaitReady() throws InterruptedException {
        try (KeptConnection connection = new KeptConnection(baseUrl)) {
            while (process.isAlive() && System.nanoTime() - launchedNanos < READY_MAX.toNanos()) {
                if (isReady(connection)) {
                    return Optional.of((System.nanoTime() - launchedNanos) / 1e9);
                }
                Thread.sleep(POLL_EVERY_MS);
            }
        }
        return Optional.empty();
    }

    /** CPU seconds it has used, of all cores: steadier than the time on a machine that does other things too. */
    Optional<Double> cpuSeconds() {
        return process.info().totalCpuDuration().map(cpu -> cpu.toNanos() / 1e9);
    }

    /** The most memory that was resident so far, in MiB; empty where the system does not tell. */
    Optional<Long> residentMibMax() {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            return peak.find() ? Optional.of(Long.parseLong(peak.group(1)) / 1024) : Optional.empty();
        } catch (IOException notToldHere) {
            return Optional.empty();
        }
    }

    /** The first match in a line of what it printed; call it after {@link #kill}. */
    Optional<MatchResult> printed(Pattern pattern) {
        return output.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(Matcher::toMatchResult);
    }

    /** All it printed. */
    String output() {
        return String.join("\n", output);
    }

    /** Kills it without warning, as {@code kill -9} does, so that it changes nothing more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** Asks it to stop and waits until it has written what is left. */
    void terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the service did not stop: " + output());
        }
        reader.join();
    }

    /** How it ended; call it after {@link #terminate}. */
    int exitCode() {
        return process.exitValue();
    }

    URI baseUrl() {
        return baseUrl;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static boolean isReady(KeptConnection connection) {
        try {
            return connection.get("/health/readiness").status() == 200;
        } catch (IOException notListeningYet) {
            return false;
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
    }
}
