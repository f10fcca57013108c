package retail.inventory.powercut;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.process.Client;
import retail.inventory.process.Client.Reply;

/** Clients that write and read as fast as they are answered, until nobody answers any more. */
final class Clients implements AutoCloseable {

    /** Few, so that changes meet and reads see what is not durable yet. */
    static final List<String> STORES = List.of("S1", "S2");

    static final List<String> SKUS = List.of("A", "B", "C", "D", "E", "F");

    private static final int READERS = 4;
    private static final int DELTA_MAX = 5;
    private static final int RESERVE_MAX = 40; // often more than there is

    private final Client client;
    private final Told told;
    private final Findings findings;
    private final String name;
    private final int writers;
    private final Random random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Makes them.
     *
     * @param name goes into the idempotency keys, which must not come twice
     */
    Clients(Client client, String name, int writers, Told told, Findings findings, Random random) {
        this.client = client;
        this.name = name;
        this.writers = writers;
        this.told = told;
        this.findings = findings;
        this.random = random;
    }

    /** Starts them. */
    void start() {
        for (int i = 0; i < writers; i++) {
            int writer = i;
            Random own = new Random(random.nextLong());
            threads.execute(() -> guarded(() -> write(writer, own)));
        }
        for (int i = 0; i < READERS; i++) {
            Reader reader = new Reader(client, told, new Random(random.nextLong()));
            threads.execute(() -> guarded(reader::run));
        }
    }

    /** What a client does until its connection breaks. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** Waits until all have noticed that nobody answers. */
    @Override
    public void close() {
        threads.close();
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (IOException dark) {
            // the end of the service, which is what this is about
        } catch (RuntimeException | AssertionError e) {
            findings.add(Kind.WRONG_ANSWER, "a client could not make sense of an answer: " + e);
        }
    }

    private void write(int writer, Random random) throws IOException {
        long latest = 0;
        for (int n = 0; ; n++) {
            Order order = next(writer + "-" + n, latest, random);
            long sent = System.nanoTime();
            Reply reply;
            try {
                reply = order.send(client);
            } catch (IOException dark) {
                told.unanswered(order);
                throw dark;
            }
            told.answered(order, sent, reply);
            if (reply.status() < 300) {
                latest = reply.number("version");
            }
        }
    }

    private Order next(String number, long version, Random random) {
        String store = STORES.get(random.nextInt(STORES.size()));
        String sku = SKUS.get(random.nextInt(SKUS.size()));
        long delta = random.nextInt(3) == 0 ? -1L - random.nextInt(RESERVE_MAX) : 1L + random.nextInt(DELTA_MAX);
        Long expected = random.nextInt(8) == 0 ? version : null; // nearly always a conflict, which shows the version
        String key = random.nextInt(3) == 0 ? null : name + "-" + number;
        return new Order(store, sku, delta, expected, key);
    }
}
