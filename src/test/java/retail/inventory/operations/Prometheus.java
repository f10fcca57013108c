package retail.inventory.operations;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Ports;
import retail.inventory.lab.ServiceProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus with the configuration of {@code ops/prometheus}, on the loopback address, for one service. */
final class Prometheus implements AutoCloseable {

    private static final String TARGET = "inventory:3000";
    private static final String KEY = "/keys/prometheus";
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final ServiceProcess process;
    private final Client client;

    private Prometheus(ServiceProcess process, URI url) {
        this.process = process;
        this.client = new Client(url);
    }

    /** Starts one that keeps what it scrapes in the directory, and waits until it is ready. */
    static Prometheus start(Path program, Path directory, URI service) throws IOException {
        Path key = Files.writeString(directory.resolve("key").toAbsolutePath(), "nobody-is-asked");
        for (String file : List.of("prometheus.yaml", "rules.yaml")) {
            String text = OperationsFiles.text(OperationsFiles.PROMETHEUS.resolve(file));
            Files.writeString(
                    directory.resolve(file),
                    text.replace("\"" + TARGET + "\"", "\"127.0.0.1:" + service.getPort() + "\"")
                            .replace(KEY, key.toString()));
        }
        String address = "127.0.0.1:" + Ports.free();
        List<String> command = List.of(
                program.toString(),
                "--config.file=" + directory.resolve("prometheus.yaml"),
                "--storage.tsdb.path=" + directory.resolve("storage"),
                "--web.listen-address=" + address);
        Prometheus prometheus =
                new Prometheus(ServiceProcess.launch(command, Map.of()), URI.create("http://" + address));
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
    List<String> complaints() {
        return process.output().stream()
                .filter(line -> line.matches(".*level=(warn|WARN|error|ERROR).*"))
                .toList();
    }

    private void awaitReady() throws IOException {
        if (!Moments.within(START_MAX, () -> !process.isAlive() || isReady()) || !process.isAlive()) {
            close();
            throw new IOException("Prometheus did not start: " + process.output());
        }
    }

    private boolean isReady() {
        try {
            return client.get("/-/ready").status() == 200;
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
    public void close() throws IOException {
        client.close();
        int _ = process.terminate();
    }
}
