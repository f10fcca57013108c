package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.RealDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.lab.Ports;
import retail.inventory.lab.ServiceProcess;

/** While a long log is read, the process is alive but not ready, and says so to whoever asks. */
class RecoveringIT {

    private static final int EVENTS = 600_000;

    @TempDir
    Path dataDir;

    @Test
    void isAliveButNotReadyWhileItRecovers() throws Exception {
        writeLongLog();
        int port = Ports.free();
        URI base = URI.create("http://127.0.0.1:" + port);
        try (ServiceProcess service = ServiceProcess.launch(dataDir, Map.of("PORT", Integer.toString(port)))) {
            List<String> seen = new ArrayList<>();
            Awaitility.await().until(() -> {
                String liveness = get(base.resolve("/health/liveness"));
                if (liveness.startsWith("200")) {
                    seen.add(get(base.resolve("/health/readiness")).substring(0, 3));
                    seen.add(get(base.resolve("/stores/S1/inventory/SKU0"))
                            .replaceAll("(?s)^(\\d+).*problem:([a-z]+).*", "$1 $2"));
                }
                return seen.contains("200");
            });
            assertThat(seen).contains("503", "503 starting");
            assertThat(service.uri()).isNotNull();
            assertThat(get(base.resolve("/stores/S1/inventory/SKU0"))).contains("\"version\":" + EVENTS / 1000);
            assertThat(service.output().getLast()).contains("600,000 events");
        }
    }

    private void writeLongLog() throws InterruptedException {
        Semaphore open = new Semaphore(10_000);
        try (FileEventLog log = new FileEventLog(
                new RealDisk(), dataDir.resolve("wal"), FileEventLog.Options.DEFAULT, (reason, place, bytes) -> {})) {
            log.open(0, Duration.ZERO, event -> {});
            for (int i = 0; i < EVENTS; i++) {
                open.acquire();
                log.append(event(i), answer -> open.release());
            }
        }
    }

    private static Event event(int i) {
        long version = 1L + i / 1000;
        return Events.event(
                Event.NOT_YET,
                new UUID(i, i),
                1_700_000_000_000L + i,
                Event.ADJUST,
                "S1",
                "SKU" + i % 1000,
                1,
                null,
                version,
                version,
                null);
    }

    private static String get(URI uri) throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException notListeningYet) {
            return "000";
        }
    }
}
