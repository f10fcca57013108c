package retail.inventory.operations;

import java.io.IOException;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Connection;

/** Clients that do all that stores and the shop do, as fast as they are answered, until they are told to end. */
final class ScrapeLoad implements AutoCloseable {

    private static final int CLIENTS = 16;
    private static final int SKUS = 2000;
    private static final int STORES = 20;

    private final Client client;
    private final Connection feed;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder answers = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean over;

    ScrapeLoad(URI service) throws IOException {
        client = new Client(service);
        feed = client.connect();
        clients.execute(this::follow);
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client-" + i;
            clients.execute(() -> run(name));
        }
    }

    /** How many requests were answered. */
    long answers() {
        return answers.sum();
    }

    /** How many were not, or with 500. */
    long failures() {
        return failures.sum();
    }

    /** How many the service turned away with 503, as it may when more comes than it takes. */
    long refused() {
        return refused.sum();
    }

    private void run(String name) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        for (int n = 0; !over; n++) {
            try {
                Answer answer = ask(random, name + "-" + n);
                answers.increment();
                failures.add(answer.status() == 500 ? 1 : 0);
                refused.add(answer.status() == 503 ? 1 : 0);
            } catch (IOException e) {
                failures.increment();
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
                failures.increment();
            }
        }
    }

    /** Waits until all are answered. */
    @Override
    public void close() {
        over = true;
        feed.close();
        client.close();
        clients.close();
    }
}
