package retail.inventory.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import retail.inventory.lab.Program;

/**
 * Whether the cost of a write grows with the number of SKUs, and what a SKU takes of the heap: the write path without
 * HTTP, one instance with few and one with many SKUs, measured in alternating rounds of one run.
 */
public final class SkuScale {

    private static final int THREADS = 64;
    private static final int ROUNDS = 7;
    private static final Duration ROUND = Duration.ofSeconds(3);

    private SkuScale() {}

    /** Arguments: a directory for the data, the few SKUs, the many SKUs. */
    public static void main(String[] args) throws Exception {
        Program.begin();
        measure(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), System.out);
    }

    private static void measure(Path directory, int few, int many, PrintStream out) throws Exception {
        try (WritePathAlone small = WritePathAlone.open(directory.resolve("few"), InstantSource.system());
                WritePathAlone large = WritePathAlone.open(directory.resolve("many"), InstantSource.system())) {
            small.fill(few, THREADS);
            long before = heapUsed();
            large.fill(many, THREADS);
            large.awaitFiles();
            double bytesPerSku = (heapUsed() - before) / (double) many;
            Rates smallRates = new Rates();
            Rates largeRates = new Rates();
            for (int round = -2; round < ROUNDS; round++) {
                Rate smallRate = run(small, few);
                Rate largeRate = run(large, many);
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

    /** Writes to SKUs at random for one round. */
    private static Rate run(WritePathAlone instance, int skus) throws InterruptedException {
        AtomicLong writes = new AtomicLong();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long end = start + ROUND.toNanos();
        WritePathAlone.inThreads(THREADS, () -> {
            long done = 0;
            while (System.nanoTime() < end) {
                instance.adjust(ThreadLocalRandom.current().nextInt(skus), 1);
                done++;
            }
            writes.addAndGet(done);
        });
        return new Rate(writes.get() * 1e9 / (System.nanoTime() - start), (cpuNanos() - cpu) / 1e3 / writes.get());
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
