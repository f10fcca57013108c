package retail.inventory.crash;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.crash.Oracle.Request;
import retail.inventory.disk.DiskHook;
import retail.inventory.disk.SimDisk;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.stock.StockKey;

/** Many short lives on one disk, each ended by a power cut, a killed process or a clean stop. */
@ExtendWith(ExpectedErrors.class)
class CrashSimulationTest {

    private static final int SEEDS = 300;
    private static final int LIVES = 6;
    private static final List<StockKey> KEYS = List.of(
            new StockKey("A", "one"), new StockKey("A", "two"), new StockKey("B", "one"), new StockKey("C", "x"));

    @Test
    void losesNothingThatWasAcknowledged() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                new Simulation(seed).run();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static final class Simulation {
        private final Random random;
        private final Oracle oracle = new Oracle();
        private final List<Request> keyed = new ArrayList<>();
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");
        private SimDisk disk = new SimDisk();
        private long requests;

        private Simulation(long seed) {
            random = new Random(seed);
        }

        private void run() throws InterruptedException {
            for (int life = 0; life < LIVES; life++) {
                live();
            }
            disk.hook(DiskHook.NONE);
            Life last = new Life(disk, now);
            last.start();
            last.requireAgreement(oracle, KEYS);
            last.end();
        }

        private void live() throws InterruptedException {
            disk.hook(
                    random.nextInt(4) == 0
                            ? DiskHook.failingAt(1 + random.nextInt(12), random.nextBoolean())
                            : DiskHook.NONE);
            Life life = new Life(disk, now);
            try {
                life.start();
            } catch (LogUnavailableException injected) {
                crash();
                life.end();
                return;
            }
            now = now.plus(Life.BETWEEN_LIVES);
            disk.hook(DiskHook.NONE);
            life.requireAgreement(oracle, KEYS);
            keyed.forEach(request -> life.send(request, oracle));
            keyed.clear();
            disk.hook(faults());
            int steps = random.nextInt(12);
            for (int step = 0; step < steps; step++) {
                step(life);
            }
            if (random.nextInt(4) == 0) {
                life.end();
                crash();
            } else {
                crash();
                life.end();
            }
        }

        private void step(Life life) throws InterruptedException {
            switch (random.nextInt(7)) {
                case 0, 1 -> life.send(request(), oracle);
                case 2, 3 -> together(life, 2 + random.nextInt(4));
                case 4 -> life.read(KEYS.get(random.nextInt(KEYS.size())), oracle);
                case 5 -> life.compact();
                default -> life.save();
            }
        }

        /** Several callers at once, so that batches form, and perhaps a save pass beside them. */
        private void together(Life life, int callers) throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                Request request = request();
                threads.add(Thread.ofVirtual().start(() -> life.send(request, oracle)));
            }
            if (random.nextInt(3) == 0) {
                life.save();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        /** Amounts identify requests; few stocks suffice for a reservation, so some of those are refused. */
        private Request request() {
            requests++;
            long delta = random.nextInt(3) == 0 ? -requests : 2 * LIVES * 100 + requests;
            Long expected = random.nextInt(5) == 0 ? (Long) (long) random.nextInt(4) : null;
            String key = random.nextInt(3) == 0 ? "key-" + requests : null;
            Request request = new Request(KEYS.get(random.nextInt(KEYS.size())), delta, expected, key);
            if (key != null) {
                keyed.add(request);
            }
            return request;
        }

        private DiskHook faults() {
            return switch (random.nextInt(4)) {
                case 0 -> DiskHook.NONE;
                case 1 -> DiskHook.failingAt(1 + random.nextInt(60), true);
                case 2 -> DiskHook.failingAt(1 + random.nextInt(60), false);
                default -> {
                    Random faults = new Random(random.nextLong());
                    yield (operation, file) -> {
                        synchronized (faults) {
                            if (faults.nextInt(15) == 0) {
                                throw new IOException("injected: " + operation + " " + file);
                            }
                        }
                    };
                }
            };
        }

        private void crash() {
            disk = random.nextInt(3) == 0 ? disk.kill() : disk.crash(random);
        }
    }
}
