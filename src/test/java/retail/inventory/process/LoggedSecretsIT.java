package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.lab.ServiceProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys, headers, bodies and whatever else a client makes up never get into the log of the process, whatever goes wrong
 * with a request and whatever levels are set; and no client can write a line of it.
 */
class LoggedSecretsIT {

    private static final String SECRET = "s3cr3t-7f2a";
    private static final String FORGED = "12:00:00.000 INFO  Forged " + SECRET;
    private static final String TEXT_LINE = "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} (TRACE|DEBUG|INFO |WARN |ERROR) \\P{Cntrl}*";

    @TempDir
    Path dataDir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Integer> statuses = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void areNotThere(String format) throws Exception {
        try (ServiceProcess service = ServiceProcess.launch(
                dataDir,
                Map.of(
                        "LOG_FORMAT",
                        format,
                        "RATE_LIMIT_RPS",
                        "50",
                        "RATE_LIMIT_BURST",
                        "100",
                        "TRUSTED_PROXIES",
                        "127.0.0.1",
                        "SLOW_REQUEST_MS",
                        "1"),
                "--logging.level.root=TRACE",
                "--logging.level.retail.inventory=TRACE")) {
            URI uri = service.uri();
            sendAll(uri);
            assertThat(statuses).contains(200, 400, 404, 405, 406, 409, 413, 415, 429);
            await().until(() -> service.output().stream().anyMatch(line -> line.contains("Accepted: ")));
            assertThat(service.terminate()).isZero();

            assertThat(service.output()).hasSizeGreaterThan(20).noneMatch(line -> line.contains(SECRET));
            if (format.equals("json")) {
                assertThat(service.output()).allSatisfy(LoggedSecretsIT::requireObject);
            } else {
                assertThat(service.output()).allMatch(line -> line.startsWith("\t") || line.matches(TEXT_LINE));
            }
        } finally {
            http.close();
        }
    }

    private void sendAll(URI uri) throws Exception {
        String sku = "/stores/S1/inventory/A";
        String[] key = {"Idempotency-Key", SECRET, "X-Api-Key", SECRET, "Authorization", "Bearer " + SECRET};
        post(uri, sku + "/adjust", "{\"delta\":5}", key);
        post(uri, sku + "/adjust", "{\"delta\":5}", key);
        post(uri, sku + "/adjust", "{\"delta\":6}", key); // the key belongs to another request
        post(uri, sku + "/adjust", "{\"delta\":6}", "Idempotency-Key", SECRET + " " + SECRET);
        post(uri, sku + "/reserve", "{\"qty\":1000000}", key);
        post(uri, sku + "/adjust", "{\"delta\":" + SECRET + "}", key);
        post(uri, sku + "/adjust", "{\"delta\":\"" + SECRET + "\"}", key);
        post(uri, sku + "/adjust", "{\"" + SECRET + "\":1}", key);
        post(uri, sku + "/adjust", "{\"a\\n" + FORGED + "\":1}", key);
        post(uri, sku + "/adjust", SECRET.repeat(10_000), key);
        post(uri, sku + "/adjust", "{\"delta\":1}", "If-Match", SECRET);
        post(uri, sku + "/adjust", "{\"delta\":1}", "Accept", "text/" + SECRET);
        post(uri, sku + "/adjust", "{\"delta\":1}", "Content-Type", "text/" + SECRET);
        post(uri, sku + "/adjust?x=" + SECRET, "{\"delta\":1}", "Cookie", "a=" + SECRET + ";\"");
        post(uri, sku + "/" + SECRET, "{\"delta\":1}", key);
        post(uri, "/stores/S1/inventory/%0d%0a" + FORGED.replace(" ", "%20") + "/adjust", "{\"delta\":1}", key);
        post(uri, "/stores/S1/inventory/%0d%0a" + FORGED.replace(" ", "%20"), "", key);
        post(uri, "/stores/a%2F" + SECRET + "/inventory/A", "", key);
        post(uri, "/dead-letters/" + SECRET + "/replay", "", key);
        post(uri, "/actuator/loggers/" + SECRET, "{\"configuredLevel\":\"" + SECRET + "\"}", key);
        post(uri, "/actuator/loggers/retail", "{\"" + SECRET, key);
        get(uri, "/stores/S1/inventory?after=%0d%0a" + SECRET, "X-Request-Id", FORGED);
        post(uri, "/metrics", SECRET, key);
        raw(
                uri,
                "GET /stores/S1/inventory?limit=%zz" + SECRET
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        get(uri, "/events?after=" + SECRET, "Accept", "text/event-stream", "Last-Event-ID", SECRET);
        get(uri, "/" + SECRET);
        get(uri, sku, "Cookie", "a=" + SECRET + ";\"", "Authorization", "Bearer " + SECRET, "Referer", SECRET);
        raw(uri, "GET /" + SECRET + "\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        raw(uri, "GET / HTTP/1.1\r\nHost: localhost\r\n" + SECRET + "\u0001: " + SECRET + "\r\n\r\n");
        raw(uri, SECRET + " / HTTP/1.1\r\nHost: " + SECRET + "_!\r\nContent-Length: " + SECRET + "\r\n\r\n");
        raw(
                uri,
                "POST " + sku + "/adjust HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + SECRET
                        + "\r\n\r\n");
        for (int i = 0; i < 300; i++) {
            get(uri, "/stores/S1/inventory/FLOOD", "X-Api-Key", SECRET, "X-Forwarded-For", SECRET + ", 192.0.2.1");
        }
    }

    private int post(URI uri, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private void get(URI uri, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve(path));
        send(headers.length == 0 ? request : request.headers(headers));
    }

    private int send(HttpRequest.Builder request) throws Exception {
        int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        statuses.add(status);
        return status;
    }

    /** What no client of HTTP would send; the service hangs up. */
    private static void raw(URI uri, String request) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (SocketException hungUp) {
            // it need not read to the end what it refuses
        }
    }

    private static void requireObject(String line) {
        JsonNode object = new JsonMapper().readTree(line);
        assertThat(Objects.requireNonNull(object.get("message")).asString()).isNotEmpty();
        assertThat(object.path("level").asString()).isNotEmpty();
        assertThat(object.path("@timestamp").asString()).isNotEmpty();
    }
}
