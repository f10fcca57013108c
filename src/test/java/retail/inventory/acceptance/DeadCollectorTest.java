package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever should receive spans and does not: requests never notice, and the service still ends. */
class DeadCollectorTest {

    /** More spans than may wait: each change makes three, and batches make some. */
    private static final int CHANGES = 1500;

    private static final int CLIENTS = 8;

    /** Takes connections, as the operating system does for it, and never says a word. */
    private static final ServerSocket SILENT = listening();

    @RegisterExtension
    static final RunningService TO_NOBODY = traced(portOfNobody());

    @RegisterExtension
    static final RunningService TO_SILENT = traced(SILENT.getLocalPort());

    /** Which collector. */
    enum Collector {
        AWAY,
        SILENT
    }

    @ParameterizedTest
    @EnumSource
    void disturbsNoRequest(Collector collector) throws Exception {
        RunningService service = collector == Collector.AWAY ? TO_NOBODY : TO_SILENT;
        Callable<Reply> change = () -> service.adjust("S1", "A", 1);
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Reply> answer : clients.invokeAll(Collections.nCopies(CHANGES, change))) {
                assertThat(answer.get().status()).isBetween(200, 201);
            }
        }
        assertThat(service.read("S1", "A").number("qty")).isEqualTo(CHANGES);
        service.restart();
        assertThat(service.read("S1", "A").number("qty")).isEqualTo(CHANGES);
    }

    private static RunningService traced(int port) {
        return new RunningService(
                "--inventory.admission.rate-limit-rps=0",
                "--management.opentelemetry.tracing.export.schedule-delay=20ms",
                "--management.opentelemetry.tracing.export.timeout=200ms",
                "--management.opentelemetry.tracing.export.otlp.timeout=200ms",
                "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:" + port + "/v1/traces");
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int portOfNobody() {
        try (ServerSocket taken = listening()) {
            return taken.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
