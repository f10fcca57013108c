package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.ServiceProcess;

/** Two processes on one data directory: one takes the writes, the other has the central view. */
@Order(2) // long ones first: the last one has nobody beside it
class RolesIT {

    private static final String[] API = {"--inventory.role=api"};
    private static final String[] WORKER = {"--inventory.role=worker"};
    private static final Map<String, String> AUDIT_OFTEN = Map.of("AUDIT_INTERVAL_MS", "100");

    @TempDir
    Path directory;

    @Test
    void eachIsReplacedWhenItDiesAndNothingIsMissed() throws IOException {
        try (ServiceProcess first = ServiceProcess.start(directory, API)) {
            write(first, 50);
            try (ServiceProcess worker = worker()) {
                requireCentral(worker, 50);
                write(first, 50);
                requireCentral(worker, 100);
                worker.kill();
            }
            write(first, 50);
            try (ServiceProcess worker = worker()) {
                requireCentral(worker, 150);
                first.kill();
                assertThat(central(worker, "SKU1").number("total"))
                        .as("without the api")
                        .isEqualTo(15);
                try (ServiceProcess second = ServiceProcess.start(directory, API)) {
                    write(second, 50);
                    requireCentral(worker, 200);
                    requireAudit(worker, 10);
                }
            }
        }
    }

    @Test
    void aDirectoryHasOneProcessOfEachRoleAndEachServesItsPart() throws IOException {
        try (ServiceProcess worker = worker()) {
            Client reader = new Client(worker.uri());
            assertThat(reader.get("/health/readiness").number("durableSequence"))
                    .as("before any api")
                    .isZero();
            for (String[] role : new String[][] {WORKER, {}}) {
                try (ServiceProcess second = ServiceProcess.launch(directory, Map.of(), role)) {
                    assertThat(second.awaitExit()).isNotZero();
                    assertThat(second.output().toString()).contains("in use by another process");
                }
            }
            try (ServiceProcess api = ServiceProcess.start(directory, API)) {
                write(api, 1);
                Answer noStock = reader.get("/stores/S1/inventory/SKU0");
                assertThat(noStock.status()).isEqualTo(404);
                assertThat(noStock.text("detail")).contains("the role worker");
                Answer noCentral = new Client(api.uri()).get("/central/skus/SKU0");
                assertThat(noCentral.status()).isEqualTo(404);
                assertThat(noCentral.text("detail")).contains("the role api");
                assertThat(new Client(api.uri()).get("/health/readiness").body())
                        .contains("\"queueDepth\"")
                        .doesNotContain("\"central\"");
                assertThat(reader.get("/actuator/health/readiness").text("status"))
                        .isEqualTo("UP");
                requireCentral(worker, 1);
            }
        }
    }

    private ServiceProcess worker() throws IOException {
        ServiceProcess worker = ServiceProcess.launch(directory, AUDIT_OFTEN, WORKER);
        worker.uri();
        return worker;
    }

    /** Adds one to each of ten SKUs in turn. */
    private static void write(ServiceProcess api, int times) throws IOException {
        Client client = new Client(api.uri());
        for (int i = 0; i < times; i++) {
            assertThat(client.adjust("S1", "SKU" + i % 10, 1, null).status()).isIn(200, 201);
        }
    }

    private static void requireCentral(ServiceProcess worker, long sequence) throws IOException {
        Answer all = new Client(worker.uri()).get("/central/inventory?minSequence=" + sequence);
        assertThat(all.status()).isEqualTo(200);
        String expected = sequence == 1
                ? "\"SKU0\":{\"qty\":1,\"held\":0,\"available\":1,\"version\":1,"
                : "\"SKU9\":{\"qty\":" + sequence / 10 + ",";
        assertThat(all.text("inventory")).contains(expected);
        Answer events = new Client(worker.uri()).get("/events?after=0&limit=1000");
        assertThat(events.text("events").split("\"sequence\":", -1)).hasSize((int) sequence + 1);
    }

    private static Answer central(ServiceProcess worker, String sku) throws IOException {
        return new Client(worker.uri()).get("/central/skus/" + sku);
    }

    private static void requireAudit(ServiceProcess worker, long skus) {
        await().untilAsserted(() -> {
            Answer audit = new Client(worker.uri()).get("/audit");
            assertThat(audit.number("checked")).isEqualTo(skus);
            assertThat(audit.number("mismatches")).isZero();
        });
    }
}
