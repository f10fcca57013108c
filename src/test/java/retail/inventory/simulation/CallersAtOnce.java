package retail.inventory.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.stock.StockKey;

/**
 * The callers of a {@link Simulation} on threads of the machine instead of simulated ones: fewer kinds of faults, and no seed
 * makes a run again, but requests that truly meet, a thousand times as many. Holds, baskets, adjusts and reserves on a few
 * SKUs, sweeps, save passes and compaction besides; the clock is set an hour ahead and back; the disk fails now and then,
 * and loses its power again and again. After each cut all is held against what anybody was told. As an experiment it gives what is wrong.
 */
final class CallersAtOnce implements Callable<List<String>> {

    private static final int THREADS = 16;
    private static final int OPERATIONS_AS_EXPERIMENT = 8_000;
    private static final int LIVES = 4;
    private static final int SEGMENT_BYTES = 1 << 18;
    /** In all lives together no more than a start can tell from time that has passed ({@code KeyAges}). */
    private static final int LEAPS_PER_LIFE = 2;

    private static final int DISK_FAILS_ONCE_IN = 400;
    private static final int FORCE_NANOS_MAX = 100_000;
    private static final long BETWEEN_PASSES_NANOS = Duration.ofMillis(5).toNanos();
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(1);
    private static final List<Duration> LEAPS = List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1));
    private static final List<StockKey> KEYS = List.of(
            new StockKey("A", "one"), new StockKey("B", "one"), new StockKey("C", "two"), new StockKey("A", "three"));

    private final Random random = new Random();
    private final SimClock clock = new SimClock(random);
    private final Oracle oracle = new Oracle(clock::moment);
    private final HoldRequests holds = new HoldRequests(random, KEYS);
    private final Callers callers = new Callers(random, KEYS, holds);
    private final AtomicLong asked = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private SimDisk disk = new SimDisk();
    private volatile boolean over;
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger leaps = new AtomicInteger();

    /**
     * What happened.
     *
     * @param asked how many things were asked for
     * @param events how many events came of that
     * @param cuts of the power
     * @param leaps of the clock
     */
    record Outcome(long asked, long events, int cuts, int leaps) {

        Outcome plus(Outcome more) {
            return new Outcome(asked + more.asked, events + more.events, cuts + more.cuts, leaps + more.leaps);
        }
    }

    /**
     * Some lives, until so many things have been asked for.
     *
     * @throws AssertionError when something was lost, revived, sold twice or shown too early
     */
    static Outcome run(int operations) throws InterruptedException {
        CallersAtOnce run = new CallersAtOnce();
        for (int life = 1; life <= LIVES; life++) {
            run.live((long) operations * life / LIVES, life > 1);
        }
        run.live(0, false);
        return new Outcome(run.asked.get(), run.oracle.log().all().size(), run.cuts.get(), run.leaps.get());
    }

    @Override
    public List<String> call() throws InterruptedException {
        try {
            Outcome _ = run(OPERATIONS_AS_EXPERIMENT);
            return List.of();
        } catch (AssertionError | LogDamagedException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private void live(long until, boolean onBadDisk) throws InterruptedException {
        disk.hook(DiskHook.NONE);
        Life life = new Life(
                oracle,
                new Surroundings(
                        disk,
                        disk,
                        clock,
                        clock::nanoTime,
                        ImpatientBreakers.create(clock.neverSet()),
                        Thread.ofPlatform().name("log-writer").factory(),
                        random,
                        options(),
                        ENDS_WITHIN.toMillis()));
        life.start();
        life.requireAgreement(KEYS);
        if (asked.get() < until) {
            disk.hook(onBadDisk ? CallersAtOnce::slowAndSometimesFailing : CallersAtOnce::slow);
            work(life, until);
        }
        life.end();
        requireNoFailure();
    }

    private static FileEventLog.Options options() {
        return Surroundings.options(SEGMENT_BYTES, null, 1);
    }

    /** All at once, until the power fails. */
    private void work(Life life, long until) throws InterruptedException {
        over = false;
        List<Thread> threads = new ArrayList<>();
        callers.again(life).forEach(again -> threads.add(thread(again)));
        for (int i = 0; i < THREADS; i++) {
            threads.add(thread(() -> repeat(() -> {
                callers.ask(life);
                asked.incrementAndGet();
            })));
        }
        threads.add(thread(() -> repeat(() -> {
            life.sweep();
            life.save();
            life.compact(Long.MAX_VALUE);
            if (leaps.get() < LEAPS_PER_LIFE * (cuts.get() + 1)
                    && ThreadLocalRandom.current().nextInt(3) == 0) {
                clock.leap(LEAPS.get(ThreadLocalRandom.current().nextInt(LEAPS.size())));
                leaps.incrementAndGet();
            }
            LockSupport.parkNanos(BETWEEN_PASSES_NANOS);
        })));
        long deadline = System.nanoTime() + ENDS_WITHIN.toNanos();
        while (asked.get() < until && failures.isEmpty()) {
            LockSupport.parkNanos(BETWEEN_PASSES_NANOS);
            if (System.nanoTime() - deadline > 0) {
                failures.add(new AssertionError("requests do not end any more"));
            }
        }
        SimDisk dying = disk;
        disk = dying.crash(random);
        cuts.incrementAndGet();
        oracle.crash(); // not before: whoever asks a process that is not known any more is not remembered
        over = true;
        for (Thread thread : threads) {
            if (!thread.join(ENDS_WITHIN)) {
                failures.add(new AssertionError("a request does not end"));
            }
        }
    }

    private Thread thread(Runnable work) {
        return Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } catch (RuntimeException | AssertionError e) {
                failures.add(e);
            }
        });
    }

    private void repeat(Runnable work) {
        while (!over && failures.isEmpty()) {
            work.run();
        }
    }

    private void requireNoFailure() {
        Throwable first = failures.peek();
        if (first != null) {
            throw new AssertionError(first.getMessage(), first);
        }
    }

    private static void slow(Operation operation, Path file) {
        if (operation == Operation.FORCE) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(FORCE_NANOS_MAX));
        }
    }

    private static void slowAndSometimesFailing(Operation operation, Path file) throws IOException {
        slow(operation, file);
        boolean changes = operation == Operation.FORCE || operation == Operation.WRITE;
        if (changes && ThreadLocalRandom.current().nextInt(DISK_FAILS_ONCE_IN) == 0) {
            throw new IOException("injected: " + operation + " " + file);
        }
    }
}
