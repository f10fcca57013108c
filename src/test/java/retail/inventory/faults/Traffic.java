package retail.inventory.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.faults.Told.Order;

/**
 * Clients that write all the time, in waves, so that batches have more than one event and others wait behind them. Each
 * sends an order again, under its key, until it is acknowledged, also across the service's restarts.
 */
final class Traffic {

    static final List<String> STORES = List.of("S1", "S2");
    static final List<String> SKUS = List.of("A", "B", "C");

    private static final int WRITERS = 6;
    private static final long WAVE_EVERY_MS = 100;
    private static final int DELTA_MAX = 5;

    private final Told told;
    private final Findings findings;
    /** Held for reading while a request is under way, for writing while none may be. */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

    private final List<Thread> writers = new ArrayList<>();
    private volatile Life life;
    private volatile boolean closed;

    /** Starts to write, when every SKU has been created. */
    Traffic(Life first, Told told, Findings findings) {
        this.life = first;
        this.told = told;
        this.findings = findings;
        for (String store : STORES) {
            for (String sku : SKUS) {
                send(new Order(store, sku, 1, "first-" + store + "-" + sku));
            }
        }
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(Thread.ofPlatform().daemon().name("writer-" + i).start(() -> write(writer)));
        }
    }

    /** Something to do while no write is under way. */
    @FunctionalInterface
    interface Quiet<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /** The service as it runs now. */
    Life life() {
        return life;
    }

    /** Does something while no write is under way; those that are end before. */
    <T extends @Nullable Object> T quietly(Quiet<T> work) throws IOException {
        gate.writeLock().lock();
        try {
            return work.run();
        } finally {
            gate.writeLock().unlock();
        }
    }

    /** Kills the service, does something, starts it again, and looks at it before anybody writes. */
    void restart(Path dataDir, Recovered recovered, Quiet<?> whileDown) throws IOException {
        life.kill();
        quietly(() -> {
            whileDown.run();
            life = Life.start(life.number() + 1, dataDir);
            recovered.check(life);
            return null;
        });
    }

    /** Stops writing. */
    void stop() {
        closed = true;
        for (Thread writer : writers) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts this thread", e);
            }
        }
    }

    private void write(int writer) {
        Random random = new Random(writer);
        Order order = null;
        for (int n = 0; !closed; n++) {
            awaitWave();
            if (order == null) {
                order = new Order(
                        STORES.get(random.nextInt(STORES.size())),
                        SKUS.get(random.nextInt(SKUS.size())),
                        1 + random.nextInt(DELTA_MAX),
                        "w" + writer + "-" + n);
            }
            gate.readLock().lock();
            try {
                if (send(order)) {
                    order = null;
                }
            } finally {
                gate.readLock().unlock();
            }
        }
    }

    private boolean send(Order order) {
        Life now = life;
        long sent = System.nanoTime();
        try {
            return told.answered(
                    now.number(),
                    order,
                    sent,
                    now.client().adjust(order.store(), order.sku(), order.delta(), order.key()));
        } catch (IOException | RuntimeException e) {
            if (!now.isKilled()) {
                findings.add(Kind.WRONG_ANSWER, order + " got no answer: " + e);
            }
            return false;
        }
    }

    private static void awaitWave() {
        long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        Moments.pause(WAVE_EVERY_MS - Math.floorMod(ms, WAVE_EVERY_MS));
    }
}
