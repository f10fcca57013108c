package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.admission.Admission;
import retail.inventory.stock.StockKey;
import retail.inventory.table.InventoryTable;
import retail.inventory.table.SkuRow;

/** Two changes are worked on at once, and three more may be inside; the disk decides how long. */
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
    void shedsWhatComesWhenAllInsideWaitForTheDiskWhileReadsAndHealthGoOn() throws Exception {
        SERVICE.adjust("S1", "READ", 1);
        long shedBefore = SERVICE.get("/metrics").number("shed");
        DISK.hangs(SwitchedDisk.in("wal"));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> held = new ArrayList<>();
            for (int i = 0; i < CONCURRENCY + QUEUE; i++) {
                String sku = "HELD" + i;
                held.add(clients.submit(() -> SERVICE.adjust("S1", sku, 1)));
            }
            await().until(() -> SERVICE.get("/health/readiness").number("queueDepth") == CONCURRENCY + QUEUE);
            assertThat(SERVICE.get("/health/readiness").number("waiting"))
                    .as("they have passed their turn on")
                    .isZero();
            assertThat(PrometheusText.textOf(SERVICE))
                    .contains("resilience4j_bulkhead_available_concurrent_calls{name=\"changes\"} " + CONCURRENCY);

            requireShed(SERVICE.adjust("S1", "TOO-MUCH", 1), "too many requests are already waiting");
            assertThat(SERVICE.read("S1", "READ").status()).isEqualTo(200);
            assertThat(SERVICE.get("/central/skus/READ").status()).isEqualTo(200);
            assertThat(SERVICE.post("/sync", "").status())
                    .as("a bulkhead of its own")
                    .isEqualTo(200);
            assertThat(SERVICE.get("/health/liveness").status()).isEqualTo(200);

            DISK.works();
            for (Future<Reply> one : held) {
                assertThat(one.get().status()).isEqualTo(201);
            }
        }
        assertThat(SERVICE.get("/metrics").number("shed")).isEqualTo(shedBefore + 1);
        assertThat(SERVICE.read("S1", "TOO-MUCH").status())
                .as("nothing was changed")
                .isEqualTo(404);
        assertThat(SERVICE.adjust("S1", "AFTERWARDS", 1).status()).isEqualTo(201);
    }

    @Test
    void shedsWhatWaitsTooLongForItsTurn() throws Exception {
        SERVICE.adjust("S1", "HOT", 1);
        long shedBefore = SERVICE.get("/metrics").number("shed");
        StockKey hot = new StockKey("S1", "HOT");
        SkuRow row = Objects.requireNonNull(SERVICE.bean(InventoryTable.class).find(hot));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> working = new ArrayList<>();
            List<Future<Reply>> waiting = new ArrayList<>();
            row.lock(); // who decides on this SKU is worked on and does not get on
            try {
                for (int i = 0; i < CONCURRENCY; i++) {
                    working.add(clients.submit(() -> SERVICE.adjust("S1", "HOT", 1)));
                }
                await().until(() -> PrometheusText.textOf(SERVICE)
                        .contains("resilience4j_bulkhead_available_concurrent_calls{name=\"changes\"} 0.0"));
                for (int i = 0; i < QUEUE; i++) {
                    waiting.add(clients.submit(() -> SERVICE.adjust("S1", "WAITING", 1)));
                }
                await().until(() -> SERVICE.get("/health/readiness").number("waiting") == QUEUE);
                for (Future<Reply> one : waiting) {
                    requireShed(one.get(), "timed out waiting for a free slot");
                }
            } finally {
                row.unlock();
            }
            for (Future<Reply> one : working) {
                assertThat(one.get().status()).isEqualTo(200);
            }
        }
        assertThat(SERVICE.get("/metrics").number("shed")).isEqualTo(shedBefore + QUEUE);
        assertThat(SERVICE.read("S1", "WAITING").status())
                .as("nothing was changed")
                .isEqualTo(404);
    }

    @Test
    void clientsThatSendSlowlyHoldUpNobodyElse() throws Exception {
        try (Socket first = SERVICE.connect();
                Socket second = SERVICE.connect()) {
            List<Socket> slow = List.of(first, second); // as many as places
            for (Socket client : slow) {
                client.getOutputStream()
                        .write(("POST /stores/S1/inventory/SLOW/adjust HTTP/1.1\r\nHost: x\r\n"
                                        + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(SERVICE.adjust("S1", "QUICK", 1).status()).isIn(200, 201);
            }
            await().pollInterval(Duration.ofMillis(500)).until(() -> {
                for (Socket client : slow) {
                    client.getOutputStream().write(' ');
                }
                return first.getInputStream().available() > 0
                        && second.getInputStream().available() > 0;
            });
            InputStream answer = first.getInputStream(); // which the web server leaves open for the rest of the body
            assertThat(new String(answer.readNBytes(answer.available()), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408")
                    .contains("urn:inventory:problem:request-timeout")
                    .contains("Nothing was changed");
        }
        assertThat(SERVICE.read("S1", "SLOW").status()).isEqualTo(404);
    }

    @Test
    void letsWhatIsUnderWayEndButNothingNewBeginWhenItStops() throws Exception {
        SERVICE.adjust("S1", "READ", 1);
        DISK.hangs(SwitchedDisk.in("wal"));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> held = clients.submit(() -> SERVICE.adjust("S1", "UNDER-WAY", 1));
            await().until(() -> SERVICE.get("/health/readiness").number("queueDepth") == 1);
            Admission door = SERVICE.bean(Admission.class);
            door.close();

            Reply late = SERVICE.adjust("S1", "LATE", 1);
            assertThat(late.status()).isEqualTo(503);
            assertThat(late.isProblem("stopping")).isTrue();
            assertThat(late.header("retry-after")).isEqualTo("1");
            assertThat(late.header("connection")).isEqualTo("close");
            assertThat(SERVICE.post("/sync", "").isProblem("stopping")).isTrue();
            assertThat(SERVICE.read("S1", "READ").status()).as("reads go on").isEqualTo(200);
            assertThat(SERVICE.get("/health/liveness").status()).isEqualTo(200);
            Reply readiness = SERVICE.get("/health/readiness");
            assertThat(readiness.status()).isEqualTo(503);
            assertThat(readiness.text("reason")).contains("stopping");
            assertThat(door.awaitEmpty(Duration.ofMillis(50))).isFalse();

            DISK.works();
            assertThat(held.get().status()).isEqualTo(201);
            assertThat(door.awaitEmpty(Duration.ofMinutes(1))).isTrue();
        }
        SERVICE.restart();
        assertThat(SERVICE.read("S1", "UNDER-WAY").number("qty")).isEqualTo(1);
    }

    @Test
    void isNotReadyWhileTheDiskHangs() throws Exception {
        SERVICE.restart("--inventory.service.commit-timeout-ms=200");
        DISK.hangs(SwitchedDisk.in("wal"));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Reply> held = clients.submit(() -> SERVICE.adjust("S1", "HANGING", 1));
            await().until(() -> SERVICE.get("/health/readiness").status() == 503);
            assertThat(SERVICE.get("/health/readiness").text("reason")).contains("the same write has been under way");
            assertThat(SERVICE.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(held.get().isProblem("outcome-unknown")).isTrue();

            DISK.works();
            await().until(() -> SERVICE.get("/health/readiness").status() == 200);
        }
        SERVICE.restart();
        assertThat(SERVICE.read("S1", "HANGING").number("qty"))
                .as("it was recorded after all")
                .isEqualTo(1);
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
