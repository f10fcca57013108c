package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.history.History;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.WrittenLog;
import retail.inventory.lab.WrittenLog.Written;

/** SIGTERM: what is under way ends, nothing that was acknowledged is lost, all files are written, and the process ends with 0. */
class SigtermIT {

    private static final int STOPS = Integer.getInteger("inventory.sigterms", 5);
    private static final int CLIENTS = 8;
    /** What this is about does not depend on how fast the machine is. */
    private static final Map<String, String> NOTHING_IS_TOO_SLOW = Map.of(
            "SLOW_REQUEST_MS", "600000",
            "COMMIT_TIMEOUT_MS", "60000",
            "FRESHNESS_BOUND_MS", "600000",
            "SHUTDOWN_TIMEOUT_MS", "600000");

    private static final int KILLED_BY_SIGTERM = 143;

    @TempDir
    Path dataDir;

    private final History history = new History();
    private final Findings findings = new Findings(System.out);
    private final Queue<Answer> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Answer> refused = new ConcurrentLinkedQueue<>();

    @Test
    void stopsUnderLoadWithoutLosingAnything() throws Exception {
        Random random = new Random();
        for (int stop = 0; stop < STOPS; stop++) {
            int warm = acknowledged.size() + CLIENTS;
            try (ServiceProcess service = ServiceProcess.launch(dataDir, NOTHING_IS_TOO_SLOW);
                    ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    String sku = "SKU" + i / 2;
                    running.add(clients.submit(
                            () -> sendUntilRefused(new RecordingClient(service.uri(), history, findings), sku)));
                }
                await().until(() -> acknowledged.size() >= warm);
                LockSupport.parkNanos(random.nextInt(300) * 1_000_000L);
                assertThat(service.terminate()).as(service.output().toString()).isZero();
                for (Future<?> client : running) {
                    client.get();
                }
                assertThat(service.output().getLast()).contains("Stopped");
                assertThat(service.output()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
            }
            requireFilesWritten();
        }
        WrittenLog log = WrittenLog.read(dataDir);
        for (Answer reply : acknowledged) {
            Written event =
                    Objects.requireNonNull(log.event(reply.text("eventId")), () -> reply + " is not in the log");
            assertThat(event.version()).isEqualTo(reply.number("version"));
        }
        assertThat(log.size())
                .as("and what was cut off after it was recorded")
                .isBetween(acknowledged.size(), acknowledged.size() + STOPS * CLIENTS);
        assertThat(refused).allMatch(reply -> reply.text("type").endsWith(":stopping"));
        history.requireValid();
        assertThat(findings.none()).isTrue();
    }

    private void sendUntilRefused(RecordingClient client, String sku) {
        try {
            while (true) {
                Answer reply = client.change("S1", sku, 1, null);
                if (reply.status() >= 300) {
                    refused.add(reply);
                    return;
                }
                acknowledged.add(reply);
            }
        } catch (IOException stopped) {
            // it no longer listens; what was sent last never ends
        }
    }

    /** A start after this needs nothing of the log. */
    private void requireFilesWritten() throws IOException {
        long last = WrittenLog.read(dataDir).size();
        assertThat(dataDir.resolve(String.format("central/central-%020d.json", last)))
                .exists();
        assertThat(Files.readString(dataDir.resolve("inventory/checkpoint"))).contains("\"through\":" + last + ",");
    }

    @Test
    void stopsAtOnceOnASecondSignal() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(dataDir);
                Socket slow = beginAdjust(service.uri())) {
            assertThat(slow.isConnected()).isTrue();
            service.signal("TERM"); // not INT, which a process in the background of a shell ignores
            await().until(() -> service.output().getLast().contains("Stopping on SIGTERM"));
            await().until(() -> {
                service.signal("TERM"); // soon after the first one it counts as the same
                return !service.isAlive();
            });
            assertThat(service.awaitExit()).isEqualTo(KILLED_BY_SIGTERM);
            assertThat(service.output().getLast()).contains("A second signal");
        }
    }

    @Test
    void theEndOfItsTerminalStopsItInGoodOrder() throws Exception {
        List<String> asFromATerminal = List.of("env", "--default-signal=HUP"); // whoever started this may ignore it
        try (ServiceProcess service = ServiceProcess.launchUnder(asFromATerminal, dataDir, Map.of())) {
            assertThat(service.uri()).isNotNull();
            service.signal("HUP");
            assertThat(service.awaitExit()).isZero();
            assertThat(service.output()).anyMatch(line -> line.contains("Stopping on SIGHUP"));
            assertThat(service.output().getLast()).contains("Stopped");
        }
    }

    @Test
    void whoStartedItByNohupMayCloseTheTerminal() throws Exception {
        try (ServiceProcess service = ServiceProcess.launchUnder(List.of("nohup"), dataDir, Map.of())) {
            Client client = new Client(service.uri());
            service.signal("HUP");
            assertThat(client.adjust("S1", "A", 1, null).status()).isEqualTo(201);
            assertThat(service.terminate()).isZero();
            assertThat(service.output()).noneMatch(line -> line.contains("SIGHUP"));
        }
    }

    @Test
    void doesNotWaitForeverForWhatIsUnderWay() throws Exception {
        try (ServiceProcess service = ServiceProcess.launch(dataDir, Map.of("SHUTDOWN_TIMEOUT_MS", "4000"));
                Socket slow = beginAdjust(service.uri())) {
            assertThat(slow.isConnected()).isTrue();
            assertThat(service.terminate()).isZero();
            assertThat(service.output().getLast()).contains("Stopped");
        }
    }

    @Test
    void endsAtOnceWhenItHasNotStartedYet() throws Exception {
        try (ServiceProcess service = ServiceProcess.launch(dataDir, Map.of())) {
            await().until(() -> Files.exists(dataDir.resolve(".lock")));
            assertThat(service.terminate()).isZero();
            assertThat(service.output()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    /** A change of which all but the last character was sent. */
    static Socket beginAdjust(URI service) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort());
        socket.getOutputStream()
                .write(("POST /stores/S1/inventory/SLOW/adjust HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"delta\":1")
                        .getBytes(StandardCharsets.US_ASCII));
        Client client = new Client(service);
        await().until(() -> client.get("/actuator/metrics/inventory.requests.active")
                .text("measurements")
                .contains("\"value\":1.0"));
        return socket;
    }
}
