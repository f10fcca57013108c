package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Command;
import retail.inventory.lab.Ports;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.WrittenLog;

/**
 * Standard output and standard error are a pipe that is full before the service starts, and that nobody reads: all is as
 * with a reader, start, refusals, a failing disk, the end by a signal or by a wrong setting.
 */
@Order(1) // long ones first: the last one has nobody beside it
class UnreadOutputIT {

    private static final int REFUSALS = 1000;

    /** What a pipe of Linux and of macOS takes, before whoever writes waits. */
    private static final int PIPE_BYTES = 65_536;

    @TempDir
    Path directory;

    private Path pipe = Path.of("");
    private int port;

    @BeforeEach
    void makePipe() throws IOException {
        pipe = directory.resolve("pipe");
        Command.run("mkfifo", pipe.toString());
    }

    @Test
    void everythingIsAnsweredReadOnlyModeComesAndGoesAndSigtermEndsIt() throws Exception {
        try (RandomAccessFile unread = new RandomAccessFile(pipe.toFile(), "rw");
                ServiceProcess service = launch(Map.of())) {
            assertThat(unread.getFD().valid()).isTrue();
            Client client = ready();
            assertThat(client.adjust("S1", "A", 1, null).status()).isEqualTo(201);
            for (int i = 0; i < REFUSALS; i++) {
                Answer refused =
                        i % 2 == 0 ? client.get("/stores/S1/inventory/NONE") : client.reserve("S1", "A", 2, null);
                assertThat(refused.text("type"))
                        .isEqualTo("urn:inventory:problem:" + (i % 2 == 0 ? "unknown-sku" : "insufficient-stock"));
            }
            filesMayHave("0", service);
            assertThat(client.adjust("S1", "A", 1, null).text("type")).endsWith(":outcome-unknown");
            await().until(() -> client.adjust("S1", "A", 1, null).text("type").endsWith(":read-only"));
            filesMayHave("unlimited", service);
            await().until(() -> client.adjust("S1", "A", 1, null).status() == 200);
            assertThat(service.terminate()).isZero();
            requireFilesWritten();
        }
    }

    @Test
    void aSecondSignalEndsItAtOnceWhileARequestIsUnderWay() throws Exception {
        try (RandomAccessFile unread = new RandomAccessFile(pipe.toFile(), "rw");
                ServiceProcess service = launch(Map.of())) {
            assertThat(unread.getFD().valid()).isTrue();
            URI uri = ready().base();
            try (var slow = SigtermIT.beginAdjust(uri)) {
                assertThat(slow.isConnected()).isTrue();
                service.signal("TERM");
                await().until(() -> {
                    service.signal("TERM"); // soon after the first one it counts as the same
                    return !service.isAlive();
                });
            }
            assertThat(service.awaitExit()).isEqualTo(143);
        }
    }

    @Test
    void aStartThatFailsEnds() throws Exception {
        try (RandomAccessFile unread = new RandomAccessFile(pipe.toFile(), "rw");
                ServiceProcess service = launch(Map.of("RATE_LIMIT_RPS", "many"))) {
            assertThat(unread.getFD().valid()).isTrue();
            assertThat(service.awaitExit()).isEqualTo(1);
        }
    }

    /** Who reads again, or too late, gets what was said meanwhile; and when the reader is gone for good, all goes on. */
    @Test
    void whatWaitedIsReadLaterAndAReaderThatIsGoneHarmsNobody() throws Exception {
        try (ServiceProcess service = launch(Map.of())) {
            Client client = readAFirstRefusal();
            assertThat(client.get("/stores/S1/inventory/NONE").status()).isEqualTo(404);
            await().until(() -> client.get("/actuator/metrics/inventory.output.dropped")
                    .text("measurements")
                    .contains("\"value\":1.0"));
            assertThat(service.terminate()).isZero();
        }
    }

    private Client readAFirstRefusal() throws IOException {
        try (InputStream reader = Files.newInputStream(pipe)) {
            Client client = ready();
            assertThat(client.get("/stores/S1/inventory/NONE").status()).isEqualTo(404);
            assertThat(reader.readNBytes(PIPE_BYTES)).containsOnly(0);
            StringBuilder said = new StringBuilder();
            while (said.indexOf("404 unknown-") < 0) {
                said.append((char) reader.read());
            }
            assertThat(said).contains("Inventory service starting", "Inventory service ready");
            return client;
        }
    }

    private ServiceProcess launch(Map<String, String> variables) throws IOException {
        port = Ports.free();
        Map<String, String> all = new HashMap<>(variables);
        all.put("PORT", Integer.toString(port));
        String full = "exec >" + pipe + " 2>&1; head -c " + PIPE_BYTES + " /dev/zero; exec \"$@\"";
        return ServiceProcess.launchUnder(List.of("sh", "-c", full, "sh"), directory.resolve("data"), all);
    }

    private Client ready() {
        Client client = new Client(URI.create("http://localhost:" + port));
        await().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> client.get("/health/readiness").status() == 200);
        return client;
    }

    /** As on a full disk, and as when there is room again: the system refuses to let files grow. */
    private static void filesMayHave(String bytes, ServiceProcess service) throws IOException {
        String problem = Command.problem("prlimit", "--pid", Long.toString(service.pid()), "--fsize=" + bytes + ":");
        assumeTrue(problem.isEmpty(), "no prlimit, no failing disk here: " + problem);
    }

    private void requireFilesWritten() throws IOException {
        long last = WrittenLog.read(directory.resolve("data")).size();
        assertThat(Files.readString(directory.resolve("data/inventory/checkpoint"), StandardCharsets.UTF_8))
                .contains("\"through\":" + last + ",");
    }
}
