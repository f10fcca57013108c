package retail.inventory.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retail.inventory.lab.Ports;
import retail.inventory.lab.ServiceProcess;

/**
 * Where documented commands are typed: in the repository, with a directory of its own for data and free ports in place of the
 * documented ones. Services keep running until another one takes their port, or all are stopped.
 */
final class Terminal implements AutoCloseable {

    private static final Pattern STARTS_A_SERVICE =
            Pattern.compile("(?:^|\\s)(?:java .*-jar \\S++(?! [a-z])|\\./mvnw spring-boot:run)");
    private static final Pattern PORT = Pattern.compile("\\b30[01][01]\\b");
    private static final Pattern OWN_PORT = Pattern.compile("\\bPORT=(\\d+)");
    private static final String DEFAULT_PORT = "3000";
    private static final Duration START_MAX = Duration.ofMinutes(5);
    private static final Duration COMMAND_MAX = Duration.ofMinutes(5);

    /** So that an answer that is an error fails the command, and what would go on for ever ends. */
    private static final String CURL = "curl() { command curl -sS --fail-with-body --max-time 3 \"$@\"; }\n";

    private static final int CURL_TIMED_OUT = 28;
    private static final int CURL_REFUSED = 22;

    private final Path work;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();

    private record Running(String command, ServiceProcess process) {

        /** As an operator does; Maven and shells wait for what they started. */
        private void stop() throws IOException {
            ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
            handle.descendants()
                    .filter(child -> child.children().findAny().isEmpty())
                    .findFirst()
                    .orElse(handle)
                    .destroy();
            int exit = process.awaitExit();
            if (exit != 0) {
                throw new IOException("stopped with exit " + exit + ": " + command + "\n" + process.output());
            }
        }
    }

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
        String port = own.find() ? own.group(1) : DEFAULT_PORT;
        Running before = running.remove(port);
        if (before != null) {
            before.stop();
        }
        ServiceProcess process = ServiceProcess.launch(bash(translated(command)), variables());
        running.put(port, new Running(command, process));
        process.uri(START_MAX);
    }

    /** Types it and waits for its end, which is as expected; what it printed. */
    String run(String command, boolean refused) throws IOException {
        Path output = Files.createTempFile(work, "command", ".out");
        Path errors = Files.createTempFile(work, "command", ".err");
        ProcessBuilder builder = new ProcessBuilder(bash(CURL + translated(command)));
        builder.environment().putAll(variables());
        Process process = builder.redirectOutput(output.toFile())
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
        String printed = Files.readString(output);
        boolean followed = command.contains("curl -N") && process.exitValue() == CURL_TIMED_OUT;
        if (process.exitValue() != (refused ? CURL_REFUSED : 0) && !followed) {
            throw new IOException("exit " + process.exitValue() + ": " + Files.readString(errors) + printed);
        }
        return printed;
    }

    /** Stops all services. */
    void stopAll() throws IOException {
        List<Running> all = new ArrayList<>(running.values());
        running.clear();
        for (Running one : all) {
            one.stop();
        }
    }

    @Override
    public void close() throws IOException {
        stopAll();
    }

    private static List<String> bash(String text) {
        return List.of("bash", "-c", text);
    }

    private Map<String, String> variables() {
        String home = System.getProperty("java.home");
        return Map.of(
                "JAVA_HOME",
                home,
                "PATH",
                home + "/bin:" + System.getenv("PATH"),
                "PORT",
                freePort(DEFAULT_PORT),
                "DATA_DIR",
                data());
    }

    private String translated(String command) {
        String own = command.replace("/opt/inventory data", "/opt/inventory " + data())
                .replace("/opt/inventory", work.resolve("app").toString())
                .replace("bin/backup data backup", "bin/backup " + data() + " " + work.resolve("backup"))
                .replace("--data-dir keys", "--data-dir " + work.resolve("keys"))
                .replace("--out prometheus-key", "--out " + work.resolve("prometheus-key"))
                .replace("verify backup", "verify " + work.resolve("backup"))
                .replace(" data/", " " + data() + "/")
                .replace("DATA_DIR=data", "DATA_DIR=" + data());
        return PORT.matcher(own).replaceAll(port -> freePort(port.group()));
    }

    private String data() {
        return work.resolve("data").toString();
    }

    private String freePort(String documented) {
        return ports.computeIfAbsent(documented, port -> Ports.free()).toString();
    }
}
