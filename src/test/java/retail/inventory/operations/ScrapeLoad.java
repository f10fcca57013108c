package retail.inventory.operations;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Connection;

/** Clients that do all that stores and the shop do, as fast as they are answered, until they are told to end. */
final class ScrapeLoad implements AutoCloseable {

    private static final int CLIENTS = 16;
    private static final int SKUS = 2000;
    private static final int STORES = 20;

    private final Client client;
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Connection feed;
    private volatile boolean over;

    ScrapeLoad(URI service) throws IOException {
        this.client = new Client(service);
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client-" + i;
            clients.add(Thread.ofVirtual().name(name).start(() -> run(name)));
        }
        feed = client.connect();
        clients.add(Thread.ofVirtual().name("follower").start(this::follow));
    }

    /** How many requests were answered. */
    long answers() {
        return answers.get();
    }

    /** How many were not, or with 500. */
    long failures() {
        return failures.get();
    }

    /** How many the service turned away with 503, as it may when more comes than it takes. */
    long refused() {
        return refused.get();
    }

    private void run(String name) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        for (int n = 0; !over; n++) {
            try {
                Answer answer = ask(random, name + "-" + n);
                answers.incrementAndGet();
                failures.addAndGet(answer.status() == 500 ? 1 : 0);
                refused.addAndGet(answer.status() == 503 ? 1 : 0);
            } catch (IOException e) {
                failures.incrementAndGet();
            }
        }
    }

    private Answer ask(SplittableRandom random, String key) throws IOException {
        String sku = "SKU" + random.nextInt(SKUS);
        String target = "/stores/STORE" + random.nextInt(STORES) + "/inventory/" + sku;
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> client.post(target + "/adjust", null, "{\"delta\":2}");
            case 3, 4 -> client.post(target + "/reserve", null, "{\"qty\":1}");
            case 5 -> client.post(target + "/reserve", null, "{\"qty\":100000}"); // never there
            case 6 -> {
                Answer _ = client.post(target + "/adjust", key, "{\"delta\":1}");
                yield client.post(target + "/adjust", key, "{\"delta\":1}");
            }
            case 7 -> client.get("/central/skus/" + sku);
            case 8 -> client.get("/stores/STORE0/inventory/NONE");
            default -> client.get(target);
        };
    }

    private void follow() {
        try {
            var body = feed.events("/events", 0).body();
            byte[] bytes = new byte[1 << 16];
            while (!over && body.read(bytes) >= 0) {
                // the service counts it as a follower; what it reads does not matter
            }
        } catch (IOException e) {
            if (!over) {
                failures.incrementAndGet();
            }
        }
    }

    /** Waits until all are answered. */
    @Override
    public void close() {
        over = true;
        feed.close();
        client.close();
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts this thread", e);
            }
        }
    }
}
