package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.acceptance.SpanReceiver;
import retail.inventory.lab.Client;
import retail.inventory.lab.ServiceProcess;

/** The one variable that switches traces on, and that it switches on nothing else. */
class TracedProcessIT {

    @RegisterExtension
    static final SpanReceiver COLLECTOR = new SpanReceiver();

    @TempDir
    Path directory;

    @Test
    void sendsSpansWhereTheStandardVariableSaysAndNeitherMetricsNorLogs() throws IOException {
        String base = COLLECTOR.endpoint().replace("/v1/traces", "");
        try (ServiceProcess service = ServiceProcess.launch(
                directory, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", base, "OTEL_BSP_SCHEDULE_DELAY", "50"))) {
            assertThat(new Client(service.uri()).adjust("S1", "A", 1, null).status())
                    .isEqualTo(201);
            await().until(() ->
                    COLLECTOR.spans().stream().anyMatch(span -> span.name().equals("wait-durable")));
            assertThat(service.terminate()).isZero();
        }
        assertThat(COLLECTOR.paths()).containsOnly("/v1/traces");
    }
}
