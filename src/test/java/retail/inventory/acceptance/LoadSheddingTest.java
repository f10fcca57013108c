package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two changes are worked on at once, three more may wait, and the disk decides how long. */
class LoadSheddingTest {

    private static final int CONCURRENCY = 2;
    private static final int QUEUE = 3;

    private static final SwitchedDisk DISK = new SwitchedDisk();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            DISK,
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.admission.concurrency-api=" + CONCURRENCY,
            "--inventory.admission.load-shed-queue-max=" + QUEUE);

    @AfterEach
    void heal() {
        DISK.works();
    }

    @Test
    void shedsWhatCannotWaitWhileReadsAndHealthGoOn() throws Exception {
        SERVICE.adjust("S1", "READ", 1);
        long shedBefore = SERVICE.get("/metrics").number("shed");
        DISK.hangs(SwitchedDisk.in("wal"));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> held = new ArrayList<>();
            for (int i = 0; i < CONCURRENCY; i++) {
                String sku = "HELD" + i;
                held.add(clients.submit(() -> SERVICE.adjust("S1", sku, 1)));
            }
            await().until(() -> SERVICE.get("/actuator/prometheus")
                    .body()
                    .contains("resilience4j_bulkhead_available_concurrent_calls{name=\"changes\"} 0.0"));
            List<Future<Reply>> waiting = new ArrayList<>();
            for (int i = 0; i < QUEUE; i++) {
                String sku = "WAITING" + i;
                waiting.add(clients.submit(() -> SERVICE.adjust("S1", sku, 1)));
            }
            await().until(() -> SERVICE.get("/health/readiness").number("waiting") == QUEUE);

            requireShed(SERVICE.adjust("S1", "TOO-MUCH", 1), "as many requests are waiting already as may");
            assertThat(SERVICE.read("S1", "READ").status()).isEqualTo(200);
            assertThat(SERVICE.get("/central/skus/READ").status()).isEqualTo(200);
            assertThat(SERVICE.post("/sync", "").status())
                    .as("a bulkhead of its own")
                    .isEqualTo(200);
            assertThat(SERVICE.get("/health/liveness").status()).isEqualTo(200);

            for (Future<Reply> one : waiting) {
                requireShed(one.get(), "it had to wait too long for its turn");
            }
            DISK.works();
            for (Future<Reply> one : held) {
                assertThat(one.get().status()).isEqualTo(201);
            }
        }
        assertThat(SERVICE.get("/metrics").number("shed")).isEqualTo(shedBefore + 1 + QUEUE);
        assertThat(SERVICE.read("S1", "TOO-MUCH").status())
                .as("nothing was changed")
                .isEqualTo(404);
        assertThat(SERVICE.read("S1", "WAITING0").status()).isEqualTo(404);
        assertThat(SERVICE.adjust("S1", "AFTERWARDS", 1).status()).isEqualTo(201);
    }

    private static void requireShed(Reply reply, String why) {
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.isProblem("overloaded")).isTrue();
        assertThat(reply.text("detail")).contains("Nothing was changed").contains(why);
        assertThat(reply.header("retry-after")).isEqualTo("1");
        assertThat(reply.text("instance")).startsWith("/stores/S1/inventory/");
        assertThat(reply.text("requestId")).isEqualTo(reply.header("x-request-id"));
    }
}
