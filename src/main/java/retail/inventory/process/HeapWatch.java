package retail.inventory.process;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a process whose heap is all but full and which does little else than collect garbage, second after second: it answers nobody in
 * time, and an {@link OutOfMemoryError}, which would end it, may take minutes to come.
 */
final class HeapWatch {

    /** The part of the time that collections took, and of the heap that they left full, from which on a second is lost. */
    private static final double HOPELESS = 0.98;

    private static final double COLLECTING = 0.8;
    private static final int SECONDS = 5;
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private int lost;

    /** Takes one look. True when it has been hopeless for some seconds. */
    boolean isHopeless(double collecting, double full) {
        lost = collecting >= COLLECTING && full >= HOPELESS ? lost + 1 : 0;
        return lost >= SECONDS;
    }

    /** Looks once a second from now on. */
    static void start() {
        Thread.ofPlatform().daemon().name("heap-watch").start(HeapWatch::watch);
    }

    private static void watch() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(one -> !one.getName().contains("Concurrent")
                        && !one.getName().contains("Cycles")) // they run beside the program
                .toList();
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(one -> one.getType() == MemoryType.HEAP && one.isCollectionUsageThresholdSupported())
                .toList();
        HeapWatch watch = new HeapWatch();
        long lookedNanos = System.nanoTime();
        long collectedMs = collectedMs(collectors);
        while (true) {
            LockSupport.parkNanos(EVERY_NANOS);
            long now = System.nanoTime();
            long collected = collectedMs(collectors);
            double collecting = (collected - collectedMs) * 1e6 / Math.max(1, now - lookedNanos);
            if (watch.isHopeless(collecting, full(pools))) {
                ProcessEnd.outOfMemory(Shortage.HEAP);
            }
            lookedNanos = now;
            collectedMs = collected;
        }
    }

    private static long collectedMs(List<GarbageCollectorMXBean> collectors) {
        long ms = 0;
        for (GarbageCollectorMXBean one : collectors) {
            ms += Math.max(0, one.getCollectionTime());
        }
        return ms;
    }

    /** How much of the largest pool the last collection left full. */
    private static double full(List<MemoryPoolMXBean> pools) {
        long most = 0;
        double full = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = pool.getCollectionUsage();
            if (usage != null && usage.getMax() > most) {
                most = usage.getMax();
                full = (double) usage.getUsed() / most;
            }
        }
        return full;
    }
}
