package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code bench/run --without-metrics} compares with: the same service, nothing measured. */
class WithoutMetricsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService("--management.metrics.enable.all=false");

    @Test
    void servesTheSameAndMeasuresNothing() {
        assertThat(SERVICE.adjust("S1", "PLAIN", 1).status()).isEqualTo(201);
        assertThat(SERVICE.get("/metrics").number("requests")).isPositive();
        Reply reply = SERVICE.get("/actuator/prometheus");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(PrometheusText.of(reply.body()).samples()).isEmpty();
    }
}
