package retail.inventory.history;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.file.Neighbours;
import retail.inventory.stock.StockKey;

/**
 * Many threads at once on a few hot SKUs of the real service, on a disk that fails now and then and loses its power
 * again and again; what they were told is checked. As an experiment it gives what is wrong.
 */
final class ManyWriters implements Callable<List<String>> {

    private static final int THREADS = 16;
    private static final int LIVES = 4;
    private static final int OPERATIONS_AS_EXPERIMENT = 8_000;
    private static final int RECENT_KEYS = 32;
    private static final int DISK_FAILS_ONCE_IN = 300;
    private static final int FORCE_NANOS_MAX = 200_000;
    private static final long JOIN_MS_MAX = 30_000;
    private static final Duration LIFE_MAX = Duration.ofMinutes(1);
    private static final Duration PAUSE_WHEN_REFUSED = Duration.ofNanos(200_000);
    private static final List<StockKey> SKUS = List.of(
            new StockKey("S1", "hot"),
            new StockKey("S1", "warm"),
            new StockKey("S2", "hot"),
            new StockKey("S2", "warm/\ud83d\udc55"),
            new StockKey("S3", "hot"));

    private final History history = new History();
    private final AtomicLong done = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Request> recent = new AtomicReferenceArray<>(RECENT_KEYS);
    private final AtomicReferenceArray<@Nullable Basket> baskets = new AtomicReferenceArray<>(RECENT_KEYS);
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private SimDisk disk = new SimDisk();
    private volatile boolean over;
    private volatile boolean sureOfTheDisk;
    private final int processes;

    private ManyWriters(int processes) {
        this.processes = processes;
    }

    ManyWriters() {
        this(1);
    }

    /** The experiment on three processes that share a log. */
    static final class OnThreeProcesses implements Callable<List<String>> {
        @Override
        public List<String> call() throws InterruptedException {
            return new ManyWriters(3).call();
        }
    }

    private record Request(StockKey sku, long delta, String key) {}

    private record Basket(Map<StockKey, Long> units, String key) {}

    /** Some operations, on one process or on several that share a log; then the verdict on them. */
    static Verdict run(int processes, int operations, Random random) throws InterruptedException {
        return new ManyWriters(processes).lives(operations, random);
    }

    @Override
    public List<String> call() throws InterruptedException {
        return lives(OPERATIONS_AS_EXPERIMENT, new Random()).violations();
    }

    private Verdict lives(int operations, Random random) throws InterruptedException {
        try {
            for (int life = 1; life <= LIVES && problems.isEmpty(); life++) {
                sureOfTheDisk = life == 1;
                List<ServiceOnDisk> alive = started();
                liveUntil((long) operations * life / LIVES, alive, random);
                alive.forEach(ServiceOnDisk::close);
            }
            try (ServiceOnDisk last = new ServiceOnDisk(disk)) {
                RecordedService service = new RecordedService(last.service(), history);
                SKUS.forEach(service::version);
            }
        } catch (LogDamagedException e) {
            problems.add("The log is damaged: " + e.getMessage());
        }
        Verdict verdict = history.check();
        List<String> all = new ArrayList<>(verdict.violations());
        all.addAll(problems);
        return verdict.with(all);
    }

    private List<ServiceOnDisk> started() {
        SimDisk well = disk;
        well.hook(DiskHook.NONE);
        List<ServiceOnDisk> services = new ArrayList<>();
        Neighbours neighbours = new Neighbours();
        for (int i = 0; i < processes; i++) {
            services.add(processes == 1 ? new ServiceOnDisk(well) : new ServiceOnDisk(well, neighbours));
        }
        well.hook(this::slowAndSometimesFailing);
        return services;
    }

    /** Clients at work until so many operations are done, and the power fails under them. */
    private void liveUntil(long operations, List<ServiceOnDisk> alive, Random random) throws InterruptedException {
        over = false;
        List<RecordedService> services = alive.stream()
                .map(one -> new RecordedService(one.service(), history))
                .toList();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random own = new Random(random.nextLong());
            threads.add(Thread.ofPlatform().start(() -> client(services, own)));
        }
        long deadline = System.nanoTime() + LIFE_MAX.toNanos();
        while (done.get() < operations && problems.isEmpty()) {
            LockSupport.parkNanos(PAUSE_WHEN_REFUSED.toNanos());
            if (System.nanoTime() - deadline > 0) {
                problems.add("Requests do not end any more");
            }
        }
        disk = disk.crash(random);
        over = true;
        for (Thread thread : threads) {
            if (!thread.join(Duration.ofMillis(JOIN_MS_MAX))) {
                problems.add("A request did not end");
            }
        }
    }

    private void client(List<RecordedService> services, Random random) {
        try {
            long seen = 0;
            while (!over) {
                RecordedService service = services.get(random.nextInt(services.size()));
                StockKey sku = SKUS.get(random.nextInt(SKUS.size()));
                int dice = random.nextInt(12);
                if (dice < 2) {
                    seen = service.version(sku);
                } else if (dice >= 10) {
                    sell(service, random);
                } else {
                    write(service, sku, dice, seen, random);
                }
                done.incrementAndGet();
            }
        } catch (RuntimeException | Error e) {
            problems.add("A request failed: " + e);
        }
    }

    private void write(RecordedService service, StockKey sku, int dice, long seen, Random random) {
        long sold = -1L - random.nextInt(3);
        Object answer = switch (dice) {
            case 2 -> service.change(sku, sold, seen, null);
            case 3, 4 -> keyed(service, new Request(sku, sold, "key-" + random.nextLong()), random);
            case 5 -> {
                Request again = recent.get(random.nextInt(RECENT_KEYS));
                StockKey sameOrOther = random.nextBoolean() || again == null ? sku : again.sku();
                yield again == null ? sku : service.change(sameOrOther, again.delta(), null, again.key());
            }
            case 6, 7 -> service.change(sku, 1 + random.nextInt(6), null, null);
            default -> service.change(sku, sold, null, null);
        };
        if (answer == null) {
            LockSupport.parkNanos(PAUSE_WHEN_REFUSED.toNanos());
        }
    }

    /** Several SKUs at once, asked for in any order; now and then what somebody else has asked for already. */
    private void sell(RecordedService service, Random random) {
        List<StockKey> order = new ArrayList<>(SKUS);
        Collections.shuffle(order, random);
        Map<StockKey, Long> units = new LinkedHashMap<>();
        order.subList(0, 2 + random.nextInt(2)).forEach(sku -> units.put(sku, 1L + random.nextInt(2)));
        Basket before = baskets.get(random.nextInt(RECENT_KEYS));
        Basket basket =
                random.nextInt(3) == 0 && before != null ? before : new Basket(units, "basket-" + random.nextLong());
        baskets.set(random.nextInt(RECENT_KEYS), basket);
        Object answer =
                random.nextBoolean() ? service.takeAll(units, null) : service.takeAll(basket.units(), basket.key());
        if (answer == null) {
            LockSupport.parkNanos(PAUSE_WHEN_REFUSED.toNanos());
        }
    }

    /** Others may send it again at once. */
    private @Nullable Object keyed(RecordedService service, Request request, Random random) {
        recent.set(random.nextInt(RECENT_KEYS), request);
        return service.change(request.sku(), request.delta(), null, request.key());
    }

    private void slowAndSometimesFailing(Operation operation, Path file) throws IOException {
        if (operation != Operation.FORCE && operation != Operation.WRITE) {
            return;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (operation == Operation.FORCE) {
            LockSupport.parkNanos(random.nextInt(FORCE_NANOS_MAX));
        }
        if (!sureOfTheDisk && random.nextInt(DISK_FAILS_ONCE_IN) == 0) {
            throw new IOException("injected: " + operation + " " + file);
        }
    }
}
