package retail.inventory.operations;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Ports;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus with the configuration of {@code ops/prometheus}, on the loopback address, for one service. */
final class Prometheus implements AutoCloseable {

    private static final String TARGET = "inventory:3000";
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final Process process;
    private final Client client;
    private final Path log;

    private Prometheus(Process process, URI url, Path log) {
        this.process = process;
        this.client = new Client(url);
        this.log = log;
    }

    /** Starts one that keeps what it scrapes in the directory, and waits until it is ready. */
    static Prometheus start(Path program, Path directory, URI service) throws IOException {
        for (String file : List.of("prometheus.yaml", "rules.yaml")) {
            String text = OperationsFiles.text(OperationsFiles.PROMETHEUS.resolve(file));
            Files.writeString(
                    directory.resolve(file),
                    text.replace("\"" + TARGET + "\"", "\"127.0.0.1:" + service.getPort() + "\""));
        }
        String address = "127.0.0.1:" + Ports.free();
        Path log = directory.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + directory.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + directory.resolve("storage"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, URI.create("http://" + address), log);
        prometheus.awaitReady();
        return prometheus;
    }

    /** What a question of PromQL yields now: its series. */
    JsonNode query(String expression) throws IOException {
        return api("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .get("result");
    }

    /** What is under this path of its HTTP API. */
    JsonNode api(String path) throws IOException {
        String body = get("/api/v1/" + path);
        JsonNode answer = new JsonMapper().readTree(body);
        if (!answer.path("status").asString("").equals("success")) {
            throw new IOException(path + " was answered with " + body);
        }
        return answer.get("data");
    }

    /** Its own figures. */
    List<String> ownFigures() throws IOException {
        return get("/metrics").lines().filter(line -> !line.startsWith("#")).toList();
    }

    /** What it complained about in its log. */
    List<String> complaints() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.matches(".*level=(warn|WARN|error|ERROR).*"))
                .toList();
    }

    private void awaitReady() throws IOException {
        if (!Moments.within(START_MAX, () -> !process.isAlive() || isReady()) || !process.isAlive()) {
            close();
            throw new IOException("Prometheus did not start: " + Files.readString(log));
        }
    }

    private boolean isReady() {
        try {
            get("/-/ready");
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String get(String path) throws IOException {
        Answer answer = client.get(path);
        if (answer.status() != OK) {
            throw new IOException(path + " was answered by " + answer);
        }
        return answer.body();
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
        process.onExit().join();
    }
}
