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
import retail.inventory.history.HttpOutcome;
import retail.inventory.history.Operation;
import retail.inventory.process.Client.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code kill -9} under load: every acknowledgement the clients have seen is in the log and answered again by its key. */
@Order(1) // long ones first: the last one has nobody beside it
class KillIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int KILLS = Integer.getInteger("inventory.kills", 20);
    private static final int CLIENTS = 8;
    private static final int SKUS = 12;
    private static final int REPLAYED_PER_START = 20;

    @TempDir
    Path dataDir;

    private final History history = new History();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

    /** A change a client was told is done. */
    private record Acknowledged(String sku, long delta, String key, Reply reply) {}

    @Test
    void losesNothingThatWasAcknowledged() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            try (ServiceProcess service = ServiceProcess.start(dataDir)) {
                Client client = new Client(service.uri());
                replayLatest(client);
                loadUntilKilled(service, client, kill, random);
            }
        }
        try (ServiceProcess service = ServiceProcess.start(dataDir)) {
            replayLatest(new Client(service.uri()));
            service.terminate();
        }
        WrittenLog log = WrittenLog.read(dataDir);
        for (Acknowledged done : acknowledged) {
            JsonNode event = Objects.requireNonNull(
                    log.event(done.reply().text("eventId")), () -> done + " is not in the log; seed " + seed);
            assertThat(event.at("/result/version").asLong())
                    .isEqualTo(done.reply().number("version"));
            assertThat(event.at("/result/qty").asLong()).isEqualTo(done.reply().number("qty"));
            assertThat(event.get("sequence").asLong()).isEqualTo(done.reply().number("sequence"));
        }
        assertThat(log.size()).isGreaterThanOrEqualTo(acknowledged.size());
        history.requireValid();
    }

    private void loadUntilKilled(ServiceProcess service, Client client, int kill, Random random)
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

    private void sendUntilKilled(Client client, String name, Random random) {
        try {
            for (int n = 0; ; n++) {
                String sku = "SKU" + random.nextInt(SKUS);
                long delta = random.nextInt(3) > 0 ? 1 + random.nextInt(5) : -1 - random.nextInt(5);
                String key = name + "-" + n;
                Reply reply = send(client, sku, delta, key);
                if (reply.status() < 300) {
                    acknowledged.add(new Acknowledged(sku, delta, key, reply));
                } else {
                    assertThat(reply.status()).isIn(404, 409);
                }
            }
        } catch (IOException killed) {
            // what was under way has an unknown outcome
        }
    }

    /** What the answer never came to stays without an end in the history: nobody knows. */
    private Reply send(Client client, String sku, long delta, String key) throws IOException {
        Operation operation = history.changes("S1/" + sku, delta, null, key);
        Reply reply = delta > 0 ? client.adjust("S1", sku, delta, key) : client.reserve("S1", sku, -delta, key);
        boolean _ =
                HttpOutcome.tell(operation, reply.status(), reply.replayed(), JSON.writeValueAsString(reply.body()));
        return reply;
    }

    /** The latest keyed requests again: the first answer, and no second effect (the log's balance would show it). */
    private void replayLatest(Client client) throws IOException {
        List<Acknowledged> all = new ArrayList<>(acknowledged);
        for (Acknowledged done : all.subList(Math.max(0, all.size() - REPLAYED_PER_START), all.size())) {
            Reply again = send(client, done.sku(), done.delta(), done.key());
            assertThat(again.replayed()).isTrue();
            assertThat(again.body()).isEqualTo(done.reply().body());
            assertThat(again.status()).isEqualTo(done.reply().status());
        }
    }
}
