package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Command;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.lab.WrittenLog;

/**
 * {@code bin/backup} of a service under load: {@code bin/verify} finds nothing wrong with each copy, and another service
 * starts on it and knows all that was acknowledged before.
 */
class BackupIT {

    private static final int CLIENTS = 4;
    private static final int BACKUPS = 2;
    private static final int CHANGES_BEFORE_EACH = 500;
    private static final long PAUSE_NANOS = 1_000_000;

    @TempDir
    Path directory;

    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean enough = new AtomicBoolean();

    private record Acknowledged(String sku, String key, Answer reply) {}

    private record Copy(Path data, List<Acknowledged> acknowledgedBefore) {}

    @Test
    void aServiceStartsOnACopyThatWasMadeUnderLoad() throws Exception {
        List<Copy> copies = new ArrayList<>();
        try (ServiceProcess service = ServiceProcess.start(directory.resolve("data"));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String name = "c" + i;
                running.add(clients.submit(() -> change(new Client(service.uri()), name)));
            }
            try {
                for (int i = 0; i < BACKUPS; i++) {
                    int many = acknowledged.size() + CHANGES_BEFORE_EACH;
                    await().until(() -> acknowledged.size() >= many);
                    copies.add(copy("copy-" + i));
                }
                assertThat(Command.problem(
                                "bin/verify", directory.resolve("data").toString()))
                        .contains("a service is at work in");
            } finally {
                enough.set(true);
            }
            for (Future<?> done : running) {
                done.get();
            }
        }
        for (Copy copy : copies) {
            requireWhole(copy);
        }
    }

    private Void change(Client client, String name) throws IOException {
        for (int n = 0; !enough.get(); n++) {
            String sku = "SKU" + n % 100;
            String key = name + "-" + n;
            Answer reply = client.adjust("S1", sku, 1, key);
            assertThat(reply.status()).isIn(200, 201);
            acknowledged.add(new Acknowledged(sku, key, reply));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return null;
    }

    private Copy copy(String name) throws IOException {
        List<Acknowledged> before = List.copyOf(acknowledged);
        Path target = directory.resolve(name);
        Command.run("bin/backup", directory.resolve("data").toString(), target.toString());
        return new Copy(target, before);
    }

    private static void requireWhole(Copy copy) throws IOException {
        List<Acknowledged> before = copy.acknowledgedBefore();
        Command.run("bin/verify", copy.data().toString());
        try (ServiceProcess service = ServiceProcess.start(copy.data())) {
            assertThat(service.output()).noneMatch(line -> line.contains(" ERROR "));
            Client client = new Client(service.uri());
            for (Acknowledged done : before.subList(before.size() - 100, before.size())) {
                Answer again = client.adjust("S1", done.sku(), 1, done.key());
                assertThat(again.replayed()).isTrue();
                assertThat(again.body()).isEqualTo(done.reply().body());
            }
            await().until(() -> client.get("/health/readiness").status() == 200);
            assertThat(service.terminate()).isZero();
        }
        WrittenLog log = WrittenLog.read(copy.data());
        for (Acknowledged done : before) {
            assertThat(log.event(done.reply().text("eventId"))).isNotNull();
        }
    }
}
