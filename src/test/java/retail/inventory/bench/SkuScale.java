package retail.inventory.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import retail.inventory.bench.ThroughputTable.Measured;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Program;
import retail.inventory.lab.Tasks;

/**
 * Whether the cost of a write grows with the number of SKUs, and what a SKU takes of the heap: the write path without
 * HTTP, one instance with few and one with many SKUs, measured in alternating rounds of one run.
 */
public final class SkuScale {

    static final int THREADS = 64;
    private static final int ROUNDS = 7;
    private static final Duration ROUND = Duration.ofSeconds(3);

    private SkuScale() {}

    /** Arguments: a directory for the data, the few SKUs, the many SKUs; or {@code --holds} in place of the numbers. */
    public static void main(String[] args) {
        Program.run("SKU SCALE", (failures, out) -> {
            if (args[1].equals("--holds")) {
                HeldSku.measure(Path.of(args[0]), failures, out);
                return "";
            }
            measure(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), out);
            return "";
        });
    }

    private static void measure(Path directory, int few, int many, PrintStream out) throws IOException {
        try (WritePathAlone small = WritePathAlone.open(directory.resolve("few"), InstantSource.system());
                WritePathAlone large = WritePathAlone.open(directory.resolve("many"), InstantSource.system())) {
            small.fill(few, THREADS);
            long before = heapUsed();
            large.fill(many, THREADS);
            large.awaitFiles();
            double bytesPerSku = (heapUsed() - before) / (double) many;
            List<Measured> smallRounds = new ArrayList<>();
            List<Measured> largeRounds = new ArrayList<>();
            for (int round = -2; round < ROUNDS; round++) {
                Measured ofSmall = round(small, few);
                Measured ofLarge = round(large, many);
                if (round >= 0) { // the first two warm up
                    smallRounds.add(ofSmall);
                    largeRounds.add(ofLarge);
                    out.printf(
                            "round %d  %,9d SKUs %s   %,9d SKUs %s%n",
                            round + 1, few, text(ofSmall), many, text(ofLarge));
                }
            }
            double writes = Measured.median(largeRounds).perSecond()
                    / Measured.median(smallRounds).perSecond();
            double cpu = medianCpu(largeRounds) / medianCpu(smallRounds);
            out.printf("heap per SKU         %.0f bytes (target: at most 250)%n", bytesPerSku);
            out.printf("writes/s, medians    %.2f of those with few SKUs (target: at least 0.90)%n", writes);
            out.printf("CPU per write, median %.2f times that with few SKUs (steadier on a busy machine)%n", cpu);
        }
    }

    static String text(Measured round) {
        return String.format("%,8.0f writes/s %5.1f µs CPU", round.perSecond(), round.cpuMicros());
    }

    private static double medianCpu(List<Measured> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Measured::cpuMicros))
                .toList()
                .get(rounds.size() / 2)
                .cpuMicros();
    }

    private static Measured round(WritePathAlone instance, int skus) throws IOException {
        return round(() -> instance.adjust(ThreadLocalRandom.current().nextInt(skus), 1));
    }

    /** Does the same by all threads for the time of a round; the CPU time is that of the whole process. */
    static Measured round(Tasks.Work write) throws IOException {
        LongAdder writes = new LongAdder();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        Tasks.times(THREADS, () -> {
            while (System.nanoTime() - start < ROUND.toNanos()) {
                write.run();
                writes.increment();
            }
        });
        return new Measured(writes.sum() / Moments.secondsSince(start), (cpuNanos() - cpu) / 1e3 / writes.sum());
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long heapUsed() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Moments.pause(200);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
