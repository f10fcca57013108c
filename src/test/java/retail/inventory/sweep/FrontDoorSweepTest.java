package retail.inventory.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.acceptance.Connectors;
import retail.inventory.acceptance.RunningService;

/**
 * Whatever a client sends, no answer is an internal error, each refusal is a problem with an id that the log has, nothing is
 * an error to the log, and the service is well afterwards. {@code -Dinventory.sweep=N} sends N requests, and
 * {@code -Dinventory.sweep.seed=S} begins with another one: that of a request that failed.
 */
@Isolated("it reads what the whole process logs")
class FrontDoorSweepTest {

    private static final Logger LOG = LoggerFactory.getLogger("sweep");
    private static final long REQUESTS = Long.getLong("inventory.sweep", 3000);
    private static final long SEED = Long.getLong("inventory.sweep.seed", 21);
    private static final int CLIENTS = 4;
    private static final int SHOWN = 20;

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.admission.load-shed-queue-max=1000",
            "--inventory.web.rejected-lines-per-second=1000000",
            "--inventory.web.management-port=0");

    private final AtomicLong next = new AtomicLong(SEED);
    private final Map<String, LongAdder> statuses = new ConcurrentHashMap<>();
    private final Map<String, SweepRequest> refused = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void stock() {
        assertThat(SERVICE.adjust("S1", "A", 1000).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("S1", "B", 1000).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("S1", "A/B", 1000).status()).isEqualTo(201);
        assertThat(SERVICE.adjust("S2", "A", 1000).status()).isEqualTo(201);
    }

    @Test
    void everyAnswerIsOneThatAClientCanUse() throws InterruptedException {
        try (SweepLog log = new SweepLog()) {
            Thread[] clients = new Thread[CLIENTS];
            for (int i = 0; i < CLIENTS; i++) {
                clients[i] = Thread.ofPlatform().name("sweep-" + i).start(this::send);
            }
            for (Thread client : clients) {
                client.join();
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> refused.keySet().stream().allMatch(log::has) || !failures.isEmpty());
            refused.forEach((id, request) -> {
                if (!log.has(id)) {
                    fail("the log does not have " + id, null, request);
                }
            });
            assertThat(failures.stream().limit(SHOWN).collect(Collectors.joining("\n\n")))
                    .isEmpty();
            LOG.info("{} requests: {}", REQUESTS, statuses);
            assertThat(log.errors().stream().limit(3).collect(Collectors.joining("\n")))
                    .isEmpty();
        }
        assertThat(SERVICE.get("/health/liveness").status()).isEqualTo(200);
        assertThat(SERVICE.get("/health/readiness").status()).isEqualTo(200);
        assertThat(SERVICE.adjust("S1", "AFTERWARDS", 1).status()).isEqualTo(201);
    }

    private void send() {
        for (long seed = next.getAndIncrement();
                seed < SEED + REQUESTS && failures.size() < SHOWN;
                seed = next.getAndIncrement()) {
            SweepRequest request = SweepRequest.of(seed);
            try {
                look(request, SweepAnswer.to(request, seed % 5 == 0 ? toManagement() : SERVICE.connect()));
            } catch (IOException | RuntimeException e) {
                fail(e.toString(), null, request);
            }
        }
    }

    private static Socket toManagement() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Connectors.managementPort(SERVICE));
        socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        return socket;
    }

    private void look(SweepRequest request, SweepAnswer answer) {
        statuses.computeIfAbsent(String.valueOf(answer.status()), status -> new LongAdder())
                .increment();
        String broken = Rules.brokenBy(answer, request);
        if (broken != null) {
            fail(broken, answer, request);
        } else if (answer.status() >= 400) {
            refused.put(String.valueOf(answer.header("x-request-id")), request);
        }
    }

    private void fail(String what, @Nullable SweepAnswer answer, SweepRequest request) {
        failures.add(what + "\n" + (answer == null ? "" : answer + "\n") + request);
    }
}
