package retail.inventory.simulation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs threads one at a time, in an order that a seed decides. They are virtual threads whose scheduler is this: wherever
 * one parks, waits for a lock, or comes to a {@link #point()}, chance says who goes on. Nothing else runs meanwhile, so the
 * same seed gives the same run, to the byte.
 *
 * <p>Two simulations in one JVM take turns: what they share without knowing it, like the lock of a JSON mapper's cache,
 * makes a thread of one wait for a thread of the other, which no seed decides.
 *
 * <p>Whoever waits for time to pass would wait for the real clock, so simulated threads don't: their waits are without
 * end (somebody wakes them) or without length.
 *
 * <p>The scheduler of a virtual thread is not part of Java's API (JDK 25); it is reached by reflection, which needs
 * {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
final class SeededScheduler implements Executor, ThreadFactory {

    private static final Method NEW_THREAD = newThreadMethod();
    private static final int HASH_FACTOR = 31;

    /** The most favoured thread is taken so many times as often as the least favoured one. */
    private static final int FAVOUR_BITS = 5;

    /** Many times what any run takes: threads that still go on try again and again what cannot succeed. */
    private static final long STEPS_MAX = 20_000_000;

    private final Random random;
    private final long stepsMax;
    private final Thread carrier = Thread.currentThread();
    private final List<Runnable> ready = new ArrayList<>();
    private final IdentityHashMap<Runnable, Integer> favour = new IdentityHashMap<>();
    private final Set<Thread> left = new LinkedHashSet<>();
    private int made;
    private int acting;
    private long steps;
    private long trace;
    private volatile @Nullable Throwable failure;

    SeededScheduler(Random random) {
        this(random, STEPS_MAX);
    }

    SeededScheduler(Random random, long stepsMax) {
        this.random = random;
        this.stepsMax = stepsMax;
    }

    private static Method newThreadMethod() {
        try {
            Method method = Class.forName("java.lang.ThreadBuilders")
                    .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK makes virtual threads in another way", e);
        }
    }

    /** Where another thread may go on, when a simulated one comes by. */
    @SuppressWarnings("ThreadPriorityCheck") // the scheduler that is asked is this one
    static void point() {
        if (Thread.currentThread().isVirtual()) {
            Thread.yield();
        }
    }

    @Override
    public Thread newThread(Runnable task) {
        String name = "thread " + made++;
        try {
            return (Thread) NEW_THREAD.invoke(null, this, name, 0, (Runnable) () -> runToTheEnd(task));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no thread can be made", e);
        }
    }

    /** Starts a thread. */
    void fork(Runnable task) {
        newThread(task).start();
    }

    /** Starts a thread whose end is waited for. */
    void act(Runnable task) {
        acting++;
        fork(() -> {
            task.run();
            acting--;
        });
    }

    /** How many threads have not ended whose end is waited for. */
    int acting() {
        return acting;
    }

    private void runToTheEnd(Runnable task) {
        left.add(Thread.currentThread());
        try {
            task.run();
        } catch (Throwable e) {
            failure = failure == null ? e : failure;
        } finally {
            left.remove(Thread.currentThread());
        }
    }

    /** A thread can go on. */
    @Override
    public void execute(Runnable next) {
        Thread caller = Thread.currentThread();
        if (caller != carrier && !caller.isVirtual()) {
            failure = new AssertionError("woken from outside of the simulation, by " + caller.getName());
        }
        ready.add(next);
    }

    /**
     * Runs threads until something is so.
     *
     * @throws AssertionError when a thread failed, none can go on, or they go on without end
     */
    void runUntil(BooleanSupplier enough) {
        while (!enough.getAsBoolean()) {
            if (ready.isEmpty()) {
                throw new AssertionError("all wait for each other:" + whereTheyWait());
            }
            int chosen = choose();
            trace = (trace * HASH_FACTOR + chosen) * HASH_FACTOR + ready.size();
            step(chosen);
            Throwable thrown = failure;
            if (thrown != null) {
                throw new AssertionError(thrown.getMessage(), thrown);
            }
        }
    }

    /** Runs all threads to their ends, whatever becomes of them. */
    void drain() {
        while (!ready.isEmpty()) {
            step(choose());
        }
        failure = null;
        if (!left.isEmpty()) {
            throw new AssertionError("waiting for ever:" + whereTheyWait());
        }
    }

    private void step(int chosen) {
        if (++steps > stepsMax) {
            throw new AssertionError("going on without end:" + whereTheyWait());
        }
        ready.remove(chosen).run();
    }

    private String whereTheyWait() {
        StringBuilder all = new StringBuilder();
        for (Thread thread : left) {
            all.append("\n").append(thread.getName());
            for (StackTraceElement at : thread.getStackTrace()) {
                all.append("\n    ").append(at);
            }
        }
        return all.toString();
    }

    /** How many times a thread went on. */
    long steps() {
        return steps;
    }

    /** Stands for every choice so far; the same seed gives the same one. */
    long trace() {
        return trace;
    }

    private int choose() {
        int sum = 0;
        for (Runnable thread : ready) {
            sum += favour(thread);
        }
        int at = random.nextInt(sum);
        for (int i = 0; ; i++) {
            at -= favour(ready.get(i));
            if (at < 0) {
                return i;
            }
        }
    }

    private int favour(Runnable thread) {
        return favour.computeIfAbsent(thread, unknown -> 1 << random.nextInt(FAVOUR_BITS));
    }
}
