package retail.inventory.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import retail.inventory.files.SimDisk;

/**
 * One run: a few short lives of the service on one disk, each with callers, a follower of the log, the central copy, save
 * passes, snapshots and compaction at the same time, each ended by a power cut, a killed process or a clean stop at any
 * step of them or of the start. After each, what is left is held against what anybody was told. All chance comes from the
 * seed.
 */
final class Simulation {

    private static final Duration A_RESTART = Duration.ofSeconds(60); // keys outlive one such time, not two
    private static final Duration A_NIGHT = Life.KEY_TTL.multipliedBy(2);

    /** One of so many runs is without holds. */
    private static final int WITHOUT_HOLDS = 3;

    /** How wrong the wall clock may be, from one life to the next. */
    private static final List<Duration> LEAPS = List.of(
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofDays(1),
            Duration.ofDays(-1),
            Duration.ofDays(31));

    private final Random random;
    private final Random leaps;
    private final World world;
    private SimDisk disk = new SimDisk();
    private SeededScheduler scheduler;
    private int lives;
    private long trace;
    private long steps;
    private boolean night;

    private Simulation(long seed) {
        random = new Random(seed * 0x9E37_79B9_7F4A_7C15L); // small seeds alone begin with much the same numbers
        leaps = new Random(seed);
        scheduler = new SeededScheduler(random);
        world = World.of(random, seed % WITHOUT_HOLDS != WITHOUT_HOLDS - 1);
    }

    /**
     * What a run did.
     *
     * @param trace the same for the same run
     * @param lives how many processes there were
     * @param steps how often a thread went on
     * @param events how many events there were
     */
    record Outcome(long trace, int lives, long steps, long events) {}

    /**
     * Runs a seed.
     *
     * @throws AssertionError when something was lost, revived, sold twice or shown too early
     */
    static Outcome run(long seed) {
        Simulation simulation = new Simulation(seed);
        try {
            for (int left = 2 + simulation.random.nextInt(5); left > 0; left--) {
                simulation.live(false);
            }
            simulation.live(true);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " (again: ./mvnw test -Dtest=SimulationTest -Dinventory.seed=" + seed + "): "
                            + e.getMessage(),
                    e);
        }
        return new Outcome(
                simulation.trace,
                simulation.lives,
                simulation.steps,
                simulation.world.oracle().log().all().size());
    }

    private void live(boolean last) {
        lives++;
        scheduler = new SeededScheduler(random);
        if (random.nextInt(4) == 0) {
            world.central().heal();
        }
        disk.hook(last || random.nextInt(4) != 0 ? Weather.fair(random) : Weather.any(random, 40));
        SimulatedProcess process = new SimulatedProcess(world, disk, scheduler);
        run(process::start, last ? Long.MAX_VALUE : crashAfter(8, 300));
        if (last) {
            process.requireStarted();
        }
        if (process.isStarted()) {
            forgetKeysOfYesterday();
            disk.hook(Weather.fair(random));
            run(process::requireAgreement, Long.MAX_VALUE);
            work(process, last);
            if (scheduler.acting() == 0 && random.nextInt(2) == 0) {
                rest(process);
                work(process, last);
            }
            if (scheduler.acting() == 0 && random.nextInt(4) == 0) {
                run(process::stop, crashAfter(4, 100));
            }
        }
        end(process);
        if (process.hasWorked()) {
            time();
        }
    }

    private void work(SimulatedProcess process, boolean last) {
        disk.hook(last ? Weather.fair(random) : Weather.any(random, 150));
        run(process::work, crashAfter(2, 1500));
    }

    /** All have their answers, and nobody comes for so long that no key lives: what was written may leave the log then. */
    private void rest(SimulatedProcess process) {
        disk.hook(Weather.fair(random));
        run(process::requireWhatWasTold, Long.MAX_VALUE);
        world.clock().advance(Life.KEY_TTL);
        world.callers().forgetKeys();
    }

    /** What was answered before a night may have been remembered, but for no longer than a key lives after a start. */
    private void forgetKeysOfYesterday() {
        if (night) {
            night = false;
            world.clock().advance(Life.KEY_TTL);
        }
    }

    /** Only when what may be sent again was sent. */
    private void time() {
        if (leaps.nextInt(3) == 0) {
            world.clock().leap(LEAPS.get(leaps.nextInt(LEAPS.size())));
        }
        if (random.nextInt(3) == 0) {
            world.clock().advance(A_NIGHT);
            world.callers().forgetKeys();
            night = true;
        } else {
            world.clock().advance(A_RESTART);
        }
    }

    /** Seldom never; else after some steps. */
    private long crashAfter(int seldom, int steps) {
        return random.nextInt(seldom) == 0 ? random.nextInt(steps) : Long.MAX_VALUE;
    }

    /** Runs something and those it makes act, to their ends or for so many steps. */
    private void run(Runnable action, long stepsMax) {
        long end = stepsMax == Long.MAX_VALUE ? stepsMax : scheduler.steps() + stepsMax;
        scheduler.act(action);
        scheduler.runUntil(() -> scheduler.acting() == 0 || scheduler.steps() >= end);
    }

    private void end(SimulatedProcess process) {
        world.oracle().crash();
        SimDisk dying = disk;
        disk = random.nextInt(3) == 0 ? dying.kill() : dying.crash(random);
        trace = trace * 31 + scheduler.trace();
        scheduler.fork(process::stop);
        scheduler.drain();
        steps += scheduler.steps();
    }
}
