package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.history.History;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Findings;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;

/** Three processes on one data directory are one store of stock. */
class SharedDataIT {

    private static final Map<String, String> SHARED = Map.of("LOCKS_ENABLED", "true", "CONCURRENCY_API", "256");

    @TempDir
    Path dataDir;

    private final History history = new History();
    private final Findings findings = new Findings(System.out);
    private final List<ServiceProcess> services = new ArrayList<>();
    private final List<RecordingClient> clients = new ArrayList<>();

    @AfterEach
    void end() {
        services.forEach(ServiceProcess::close);
        assertThat(findings.none()).isTrue();
    }

    @Test
    void sellsWhatIsThereCountsWithoutGapAndAnswersAKeyOnce() throws Exception {
        start(3);
        assertThat(change(0, "hot", 100, null).status()).isEqualTo(201);
        List<Answer> sales = together(300, i -> change(i, "hot", -1, null));
        assertThat(sales).filteredOn(reply -> reply.status() == 200).hasSize(100);
        assertThat(sales)
                .filteredOn(reply -> reply.text("type").endsWith(":locked"))
                .hasSizeLessThanOrEqualTo(15);
        List<Answer> deliveries = together(200, i -> deliver(i, "counted", null));
        TreeSet<Long> versions = new TreeSet<>();
        deliveries.forEach(reply -> versions.add(reply.number("version")));
        assertThat(versions).hasSize(200).contains(1L, 200L);
        for (int key = 0; key < 20; key++) {
            String name = "key-" + key;
            List<Answer> same = together(6, i -> deliver(i, "keyed", name));
            assertThat(same)
                    .extracting(reply -> reply.text("eventId"))
                    .containsOnly(same.getFirst().text("eventId"));
        }
        for (RecordingClient client : clients) {
            assertThat(client.client().record("S1", "hot").number("qty")).isZero();
            assertThat(client.client().record("S1", "keyed").number("qty")).isEqualTo(20);
        }
        history.requireValid();
    }

    @Test
    void rolesPassOnAndNothingIsLostWhenOneIsKilled() throws Exception {
        start(3);
        for (int round = 0; round < 2; round++) {
            List<Answer> before = together(60, i -> deliver(i, "sku-" + i % 5, null));
            assertThat(before).allMatch(reply -> reply.status() < 300);
            services.removeFirst().kill();
            clients.removeFirst();
            List<Answer> after = together(60, i -> deliver(i, "sku-" + i % 5, null));
            assertThat(after).allMatch(reply -> reply.status() < 300);
            long last = after.stream()
                    .mapToLong(reply -> reply.number("sequence"))
                    .max()
                    .orElseThrow();
            await().until(() -> centralSequence() >= last);
        }
        history.requireValid();
        assertThat(clients).hasSize(1);
        for (int i = 0; i < 5; i++) {
            assertThat(clients.getFirst().client().record("S1", "sku-" + i).number("qty"))
                    .isEqualTo(48);
        }
    }

    @Test
    void aProcessThatSharesNothingIsRefusedAndRefuses() throws Exception {
        start(1);
        try (ServiceProcess second = ServiceProcess.launch(dataDir, Map.of())) {
            assertThat(second.awaitExit()).isNotZero();
            assertThat(String.join(" ", second.output())).contains("in use by another process");
        }
        assertThat(clients.getFirst().change("S1", "a", 1, null).status()).isEqualTo(201);
    }

    private void start(int processes) throws IOException {
        for (int i = 0; i < processes; i++) {
            services.add(ServiceProcess.launch(dataDir, SHARED));
        }
        services.forEach(service -> clients.add(new RecordingClient(service.uri(), history, findings)));
    }

    /** The latest sequence of the central view that any of them has; 0 when none has it yet. */
    private long centralSequence() throws IOException {
        long latest = 0;
        for (RecordingClient client : clients) {
            Answer reply = client.client().get("/central/skus/sku-0");
            latest = Math.max(latest, reply.status() == 200 ? asOf(reply) : 0);
        }
        return latest;
    }

    private static long asOf(Answer reply) {
        return reply.json().at("/asOf/sequence").asLong();
    }

    private interface Request {
        Answer send(int number) throws IOException;
    }

    private static List<Answer> together(int count, Request request) throws Exception {
        List<Answer> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                all.add(() -> request.send(number));
            }
            for (Future<Answer> reply : threads.invokeAll(all)) {
                replies.add(reply.get());
            }
        }
        return replies;
    }

    /** Repeated for as long as nothing was done. */
    private Answer deliver(int number, String sku, @Nullable String key) throws IOException {
        Answer reply = change(number, sku, 1, key);
        while (reply.text("type").endsWith(":locked") || reply.text("type").endsWith(":overloaded")) {
            reply = change(number, sku, 1, key);
        }
        return reply;
    }

    private Answer change(int number, String sku, long delta, @Nullable String key) throws IOException {
        return clients.get(number % clients.size()).change("S1", sku, delta, key);
    }
}
