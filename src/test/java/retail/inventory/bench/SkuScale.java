package retail.inventory.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
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
            double[] smallRates = new double[ROUNDS];
            double[] largeRates = new double[ROUNDS];
            for (int round = -2; round < ROUNDS; round++) {
                double smallRate = small.run(few);
                double largeRate = large.run(many);
                if (round >= 0) { // the first two warm up
                    smallRates[round] = smallRate;
                    largeRates[round] = largeRate;
                    out.printf(
                            "round %d  %,9d SKUs %,8.0f writes/s   %,9d SKUs %,8.0f writes/s   ratio %.2f%n",
                            round + 1, few, smallRate, many, largeRate, largeRate / smallRate);
                }
            }
            double ratio = median(largeRates) / median(smallRates);
            out.printf("heap per SKU        %.0f bytes (target: at most 250)%n", bytesPerSku);
            out.printf("median of medians   %.2f (target: at least 0.90)%n", ratio);
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

        /** Writes to SKUs at random for one round; how many per second. */
        double run(int skus) throws InterruptedException {
            AtomicLong writes = new AtomicLong();
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
            return writes.get() * 1e9 / (System.nanoTime() - start);
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

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long heapUsed() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
