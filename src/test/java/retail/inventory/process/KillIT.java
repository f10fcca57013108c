package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.history.History;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Findings;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.WrittenLog;
import retail.inventory.lab.WrittenLog.Written;

/** {@code kill -9} under load: every acknowledgement the clients have seen is in the log and answered again by its key. */
@Order(1) // long ones first: the last one has nobody beside it
class KillIT {

    private static final int KILLS = Integer.getInteger("inventory.kills", 20);
    private static final int CLIENTS = 8;
    private static final int SKUS = 12;
    private static final int REPLAYED_PER_START = 20;

    @TempDir
    Path dataDir;

    private final History history = new History();
    private final Findings findings = new Findings(System.out);
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

    /** A change a client was told is done. */
    private record Acknowledged(String sku, long delta, String key, Answer answer) {}

    @Test
    void losesNothingThatWasAcknowledged() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            try (ServiceProcess service = ServiceProcess.start(dataDir);
                    RecordingClient client = client(service)) {
                replayLatest(client);
                loadUntilKilled(service, client, kill, random);
            }
        }
        try (ServiceProcess service = ServiceProcess.start(dataDir);
                RecordingClient client = client(service)) {
            replayLatest(client);
            service.terminate();
        }
        WrittenLog log = WrittenLog.read(dataDir);
        for (Acknowledged done : acknowledged) {
            Written event = Objects.requireNonNull(
                    log.event(done.answer().text("eventId")), () -> done + " is not in the log; seed " + seed);
            assertThat(event.version()).isEqualTo(done.answer().number("version"));
            assertThat(event.qty()).isEqualTo(done.answer().number("qty"));
            assertThat(event.sequence()).isEqualTo(done.answer().number("sequence"));
        }
        assertThat(log.size()).isGreaterThanOrEqualTo(acknowledged.size());
        history.requireValid();
        assertThat(findings.none()).isTrue();
    }

    private RecordingClient client(ServiceProcess service) {
        return new RecordingClient(service.uri(), history, findings);
    }

    private void loadUntilKilled(ServiceProcess service, RecordingClient client, int kill, Random random)
            throws ExecutionException, InterruptedException {
        long loadNanos = random.nextInt(400) * 1_000_000L;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String name = "k" + kill + "-c" + i;
                Random own = new Random(random.nextLong());
                running.add(clients.submit(() -> sendUntilKilled(client, name, own)));
            }
            int warm = acknowledged.size() + CLIENTS;
            Awaitility.await().until(() -> acknowledged.size() >= warm);
            LockSupport.parkNanos(loadNanos);
            service.kill();
            for (Future<?> done : running) {
                done.get();
            }
        }
    }

    private void sendUntilKilled(RecordingClient client, String name, Random random) {
        try {
            for (int n = 0; ; n++) {
                String sku = "SKU" + random.nextInt(SKUS);
                long delta = random.nextInt(3) > 0 ? 1 + random.nextInt(5) : -1 - random.nextInt(5);
                String key = name + "-" + n;
                Answer answer = client.change("S1", sku, delta, key);
                if (answer.accepted()) {
                    acknowledged.add(new Acknowledged(sku, delta, key, answer));
                } else {
                    assertThat(answer.status()).isIn(404, 409);
                }
            }
        } catch (IOException killed) {
            // what was under way has an unknown outcome
        }
    }

    /** The latest keyed requests again: the first answer, and no second effect (the log's balance would show it). */
    private void replayLatest(RecordingClient client) throws IOException {
        List<Acknowledged> all = new ArrayList<>(acknowledged);
        for (Acknowledged done : all.subList(Math.max(0, all.size() - REPLAYED_PER_START), all.size())) {
            Answer again = client.change("S1", done.sku(), done.delta(), done.key());
            assertThat(again.replayed()).isTrue();
            assertThat(again.body()).isEqualTo(done.answer().body());
            assertThat(again.status()).isEqualTo(done.answer().status());
        }
    }
}
