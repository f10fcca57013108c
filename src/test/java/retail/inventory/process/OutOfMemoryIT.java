package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.lab.Client;
import retail.inventory.lab.Command;
import retail.inventory.lab.Ports;
import retail.inventory.lab.QuickJar;
import retail.inventory.lab.ServiceProcess;

/** A process that is out of memory ends and says so, wherever it finds out; one that meets another defect goes on. */
@Order(1) // long ones first: the last one has nobody beside it
class OutOfMemoryIT {

    private static final int OUT_OF_MEMORY = 3;

    @TempDir
    Path directory;

    /** The agent keeps the memory and says nothing: it is the service's own threads that get none. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC"})
    void aFullHeapEndsIt(String collector) throws Exception {
        try (ServiceProcess service = launch(List.of(), collector)) {
            Client client = new Client(service.uri());
            assertThat(client.adjust("S1", "A", 1, null).status()).isEqualTo(201);
            sabotage("heap");
            sendUntilItIsGone(client, service);
            requireEnd(service, "the heap is full", "-Xmx");
        }
    }

    /** Thrown where a file or a socket is used first; the log makes space ahead of its lines when it writes the first. */
    @Test
    void noMemoryForBuffersEndsIt() throws Exception {
        try (ServiceProcess service = launch(List.of(), "-XX:MaxDirectMemorySize=64k")) {
            sendUntilItIsGone(new Client(service.uri()), service);
            requireEnd(service, "no more memory for buffers", "-XX:MaxDirectMemorySize");
        }
    }

    @Test
    void aHeapThatIsTooSmallForAStartEndsIt() throws Exception {
        try (ServiceProcess service = launch(List.of(), "-Xmx14m")) {
            requireEnd(service, "the heap is full", "-Xmx");
        }
    }

    /** As when the system gives no more threads: thrown where nobody catches it; and nobody reads what it says. */
    @Test
    void itEndsAlsoWhileNobodyReadsItsOutput() throws Exception {
        Path pipe = directory.resolve("pipe");
        Command.run("mkfifo", pipe.toString());
        String full = "exec >" + pipe + " 2>&1; head -c 65536 /dev/zero; exec \"$@\"";
        int port = Ports.free();
        try (RandomAccessFile unread = new RandomAccessFile(pipe.toFile(), "rw");
                ServiceProcess service = launch(List.of("sh", "-c", full, "sh"), "-Dinventory.web.port=" + port)) {
            assertThat(unread.getFD().valid()).isTrue();
            Client client = new Client(URI.create("http://localhost:" + port));
            await().ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> client.get("/health/readiness").status() == 200);
            sabotage(
                    "memory unable to create native thread: possibly out of memory or process/resource limits reached");
            assertThat(service.awaitExit()).isEqualTo(OUT_OF_MEMORY);
        }
    }

    @Test
    void anyOtherDefectOfAThreadIsToldAndCounted() throws Exception {
        try (ServiceProcess service = launch(List.of())) {
            Client client = new Client(service.uri());
            sabotage("defect in a thread");
            await().until(() -> client.get("/actuator/metrics/inventory.defects")
                    .text("measurements")
                    .contains("\"value\":1.0"));
            assertThat(client.adjust("S1", "A", 1, null).status()).isEqualTo(201);
            await().until(() -> service.output().stream()
                    .anyMatch(line -> line.contains("ERROR A defect has ended the thread saboteur")));
            assertThat(service.terminate()).isZero();
        }
    }

    private static void sendUntilItIsGone(Client client, ServiceProcess service) {
        await().until(() -> {
            for (int i = 0; i < 100 && service.isAlive(); i++) {
                try {
                    client.adjust("S1", "SKU" + i, 1, null);
                } catch (IOException gone) {
                    return !service.isAlive();
                }
            }
            return !service.isAlive();
        });
    }

    private static void requireEnd(ServiceProcess service, String what, String helps) {
        assertThat(service.awaitExit()).as(service.output().toString()).isEqualTo(OUT_OF_MEMORY);
        assertThat(service.output())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("Out of memory, " + what
                                + ": the process ends with exit code 3. What was acknowledged is in the log.")
                        .contains(helps));
    }

    private Path order() {
        return directory.resolve("order");
    }

    private void sabotage(String what) throws IOException {
        Path draft = Files.writeString(directory.resolve("draft"), what);
        Files.move(draft, order(), StandardCopyOption.ATOMIC_MOVE);
    }

    private ServiceProcess launch(List<String> wrapper, String... options) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-javaagent:" + Saboteur.jar(directory) + "=" + order()));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", QuickJar.path()));
        return ServiceProcess.launch(
                command,
                Map.of(
                        "PORT", "0",
                        "LOG_FORMAT", "text",
                        "RATE_LIMIT_RPS", "0",
                        "DATA_DIR", directory.resolve("data").toString()));
    }
}
