package retail.inventory.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import retail.inventory.disk.RealDisk;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.service.Idempotency;
import retail.inventory.service.InventoryService;
import retail.inventory.service.Recovery;
import retail.inventory.stock.StockKey;
import retail.inventory.table.InventoryFileWriter;
import retail.inventory.table.InventoryFiles;
import retail.inventory.table.InventoryTable;

/**
 * Whether the cost of a write grows with the number of SKUs, and what a SKU takes of the heap: the write path without
 * HTTP, one instance with few and one with many SKUs, measured in alternating rounds of one run.
 */
public final class SkuScale {

    private static final int STORES = 20;
    private static final int THREADS = 64;
    private static final int ROUNDS = 7;
    private static final Duration ROUND = Duration.ofSeconds(3);

    private SkuScale() {}

    /** Arguments: a directory for the data, the few SKUs, the many SKUs. */
    public static void main(String[] args) throws Exception {
        measure(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), System.out);
    }

    private static void measure(Path directory, int few, int many, PrintStream out) throws Exception {
        try (Instance small = Instance.open(directory.resolve("few"));
                Instance large = Instance.open(directory.resolve("many"))) {
            small.fill(few);
            long before = heapUsed();
            large.fill(many);
            large.awaitFiles();
            double bytesPerSku = (heapUsed() - before) / (double) many;
            Rates smallRates = new Rates();
            Rates largeRates = new Rates();
            for (int round = -2; round < ROUNDS; round++) {
                Rate smallRate = small.run(few);
                Rate largeRate = large.run(many);
                if (round >= 0) { // the first two warm up
                    smallRates.add(smallRate);
                    largeRates.add(largeRate);
                    out.printf("round %d  %,9d SKUs %s   %,9d SKUs %s%n", round + 1, few, smallRate, many, largeRate);
                }
            }
            out.printf("heap per SKU         %.0f bytes (target: at most 250)%n", bytesPerSku);
            out.printf(
                    "writes/s, medians    %.2f of those with few SKUs (target: at least 0.90)%n",
                    largeRates.writesPerSecond() / smallRates.writesPerSecond());
            out.printf(
                    "CPU per write, median %.2f times that with few SKUs (steadier on a busy machine)%n",
                    largeRates.cpuMicros() / smallRates.cpuMicros());
        }
    }

    /**
     * One round.
     *
     * @param cpuMicros CPU time of the whole process per write, in microseconds
     */
    private record Rate(double writesPerSecond, double cpuMicros) {
        @Override
        public String toString() {
            return String.format("%,8.0f writes/s %5.1f µs CPU", writesPerSecond, cpuMicros);
        }
    }

    private static final class Rates {
        private final List<Rate> rounds = new ArrayList<>();

        void add(Rate rate) {
            rounds.add(rate);
        }

        double writesPerSecond() {
            return median(rounds.stream().mapToDouble(Rate::writesPerSecond));
        }

        double cpuMicros() {
            return median(rounds.stream().mapToDouble(Rate::cpuMicros));
        }

        private static double median(DoubleStream values) {
            double[] sorted = values.sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    /** A whole write path on a directory of its own. */
    private record Instance(EventLog log, InventoryFileWriter writer, InventoryService service, Path directory)
            implements AutoCloseable {

        static Instance open(Path directory) throws IOException {
            Files.createDirectories(directory);
            RealDisk disk = new RealDisk();
            InstantSource clock = InstantSource.system();
            InventoryTable table = new InventoryTable();
            InventoryFiles files = new InventoryFiles(disk, directory.resolve("inventory"), table);
            EventLog log = new FileEventLog(
                    disk, directory.resolve("wal"), FileEventLog.Options.DEFAULT, (reason, place, bytes) -> {
                        throw new IOException(reason);
                    });
            Idempotency idempotency = new Idempotency(clock, 1000, 1000, 10_000);
            InventoryService service = new InventoryService(log, table, idempotency, clock, 10_000);
            InventoryFileWriter writer = new InventoryFileWriter(files, log::durableSequence);
            new Recovery(files, log, table, idempotency, Duration.ofSeconds(1), clock).run(service, writer);
            return new Instance(log, writer, service, directory);
        }

        void fill(int skus) throws InterruptedException {
            AtomicLong next = new AtomicLong();
            inThreads(() -> {
                for (long i = next.getAndIncrement(); i < skus; i = next.getAndIncrement()) {
                    service.adjust(key((int) i), 1000, null, null);
                }
            });
        }

        /** Writes to SKUs at random for one round. */
        Rate run(int skus) throws InterruptedException {
            AtomicLong writes = new AtomicLong();
            long cpu = cpuNanos();
            long start = System.nanoTime();
            long end = start + ROUND.toNanos();
            inThreads(() -> {
                long done = 0;
                while (System.nanoTime() < end) {
                    service.adjust(key(ThreadLocalRandom.current().nextInt(skus)), 1, null, null);
                    done++;
                }
                writes.addAndGet(done);
            });
            return new Rate(writes.get() * 1e9 / (System.nanoTime() - start), (cpuNanos() - cpu) / 1e3 / writes.get());
        }

        /** Waits until the inventory files have caught up, so that only the table itself is on the heap. */
        void awaitFiles() throws IOException, InterruptedException {
            Path checkpoint = directory.resolve("inventory/~checkpoint.json");
            String through = "\"through\":" + log.durableSequence() + ",";
            while (!Files.exists(checkpoint) || !Files.readString(checkpoint).contains(through)) {
                Thread.sleep(100);
            }
        }

        private static StockKey key(int i) {
            return new StockKey("STORE" + i % STORES, "SKU" + (1_000_000 + i / STORES));
        }

        private static void inThreads(Runnable work) throws InterruptedException {
            Thread[] threads = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                threads[i] = Thread.ofVirtual().start(work);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }

        @Override
        public void close() {
            writer.close();
            log.close();
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long heapUsed() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
