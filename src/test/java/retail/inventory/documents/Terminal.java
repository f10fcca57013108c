package retail.inventory.documents;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retail.inventory.faults.Moments;

/**
 * Where documented commands are typed: in the repository, with a directory of its own for data and free ports in place of the
 * documented ones. Services keep running until another one takes their port, or all are stopped.
 */
final class Terminal implements AutoCloseable {

    private static final Pattern STARTS_A_SERVICE =
            Pattern.compile("(?:^|\\s)(?:java .*-jar |\\./mvnw spring-boot:run)");
    private static final Pattern PORT = Pattern.compile("\\b30[01][01]\\b");
    private static final Pattern OWN_PORT = Pattern.compile("\\bPORT=(\\d+)");
    private static final String DEFAULT_PORT = "3000";
    private static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Duration COMMAND_MAX = Duration.ofMinutes(5);
    private static final int POLL_MS = 200;

    /** So that an answer that is an error fails the command, and what would go on for ever ends. */
    private static final String CURL = "curl() { command curl -sS --fail-with-body --max-time 3 \"$@\"; }\n";

    private static final int CURL_TIMED_OUT = 28;

    private final Path work;
    private final Map<String, String> ports = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private record Running(String command, Process process, Path output) {}

    /** With a directory for all that is written. */
    Terminal(Path work) {
        this.work = work;
    }

    static boolean startsAService(String command) {
        return STARTS_A_SERVICE.matcher(command).find();
    }

    /** Whether one service runs, with its defaults. */
    boolean hasAPlainService() {
        return running.size() == 1
                && running.values().stream()
                        .noneMatch(one ->
                                one.command().contains("role=") || one.command().contains("LOCKS_ENABLED"));
    }

    /** Types it and waits until the service is ready. */
    void start(String command) throws IOException {
        Matcher own = OWN_PORT.matcher(command);
        String port = port(own.find() ? own.group(1) : DEFAULT_PORT);
        Running before = running.remove(port);
        if (before != null) {
            stop(before);
        }
        Path output = Files.createTempFile(work, "service", ".log");
        Process process = shell(translated(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Running started = new Running(command, process, output);
        running.put(port, started);
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!isReady(port)) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IOException("it did not become ready: " + Files.readString(output));
            }
            Moments.pause(POLL_MS);
        }
    }

    /** Types it and waits for its end; what it printed. */
    String run(String command) throws IOException {
        Path output = Files.createTempFile(work, "command", ".out");
        Path errors = Files.createTempFile(work, "command", ".err");
        Process process = shell(CURL + translated(command))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("it did not end");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        boolean followed = command.contains("curl -N") && process.exitValue() == CURL_TIMED_OUT;
        if (process.exitValue() != 0 && !followed) {
            throw new IOException("exit " + process.exitValue() + ": " + Files.readString(errors) + printed);
        }
        return printed;
    }

    /** Stops all services as an operator does. */
    void stopAll() throws IOException {
        List<Running> all = new ArrayList<>(running.values());
        running.clear();
        for (Running one : all) {
            stop(one);
        }
    }

    @Override
    public void close() throws IOException {
        stopAll();
        client.close();
    }

    private void stop(Running one) throws IOException {
        ProcessHandle service = one.process()
                .descendants()
                .filter(child -> child.children().findAny().isEmpty())
                .findFirst()
                .orElse(one.process().toHandle()); // Maven and shells wait for what they started
        service.destroy();
        try {
            if (!one.process().waitFor(1, TimeUnit.MINUTES)) {
                one.process().descendants().forEach(ProcessHandle::destroyForcibly);
                one.process().destroyForcibly();
                throw new IOException("it did not stop: " + one.command());
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (one.process().exitValue() != 0) {
            throw new IOException("stopped with exit " + one.process().exitValue() + ": " + one.command() + "\n"
                    + Files.readString(one.output()));
        }
    }

    private ProcessBuilder shell(String text) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", text);
        Map<String, String> environment = builder.environment();
        String home = System.getProperty("java.home");
        environment.put("JAVA_HOME", home);
        environment.put("PATH", home + "/bin:" + environment.get("PATH"));
        environment.put("PORT", port(DEFAULT_PORT));
        environment.put("DATA_DIR", data());
        return builder;
    }

    private String translated(String command) throws IOException {
        String own = command.replace("/opt/inventory data", "/opt/inventory " + data())
                .replace("/opt/inventory", work.resolve("app").toString())
                .replace("DATA_DIR=data", "DATA_DIR=" + data());
        StringBuilder translated = new StringBuilder();
        Matcher port = PORT.matcher(own);
        while (port.find()) {
            port.appendReplacement(translated, port(port.group()));
        }
        return port.appendTail(translated).toString();
    }

    private String data() {
        return work.resolve("data").toString();
    }

    private String port(String documented) throws IOException {
        String free = ports.get(documented);
        if (free == null) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = Integer.toString(socket.getLocalPort());
            }
            ports.put(documented, free);
        }
        return free;
    }

    private boolean isReady(String port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/readiness"))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
