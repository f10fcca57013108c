package retail.inventory.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import retail.inventory.background.DiskBreakers;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.central.CentralUnavailableException;
import retail.inventory.central.PoisonedCopy;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.LogUnavailableException;

/** One process with its central copy. */
final class SimulatedProcess {

    private static final long NEVER_MS = 86_400_000;
    private static final List<Duration> LEAPS = List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1));

    private final World world;
    private final Random random;
    private final SeededScheduler scheduler;
    private final Life life;
    private final PoisonedCopy copy;
    private final boolean healed;
    private @Nullable RuntimeException notStarted;
    private boolean started;
    private boolean worked;
    private int calling;

    SimulatedProcess(World world, SimDisk disk, SeededScheduler scheduler) {
        this.world = world;
        this.random = world.random();
        this.scheduler = scheduler;
        this.healed = world.central().isHealed();
        DiskBreakers breakers = ImpatientBreakers.create(world.clock().neverSet());
        long commitTimeoutMs = random.nextInt(8) == 0 ? 0 : NEVER_MS;
        life = new Life(
                world.oracle(),
                new Surroundings(
                        disk,
                        disk,
                        world.clock(),
                        world.clock()::nanoTime,
                        breakers,
                        scheduler,
                        random,
                        world.options(),
                        commitTimeoutMs));
        copy = new PoisonedCopy(disk, life.log(), () -> healed, breakers, NEVER_MS, scheduler);
    }

    /** Whether it has come so far that it takes requests. */
    boolean isStarted() {
        return started;
    }

    /** Whether it has got any. */
    boolean hasWorked() {
        return worked;
    }

    void start() {
        try {
            life.start();
            copy.start();
            started = true;
        } catch (LogUnavailableException | UncheckedIOException injected) {
            notStarted = injected; // the next one starts on a better day
        }
    }

    /** On a good day nothing keeps it from that. */
    void requireStarted() {
        if (!started) {
            throw new AssertionError("no start on a disk that works: " + notStarted, notStarted);
        }
    }

    void requireAgreement() {
        life.requireAgreement(world.keys());
        world.central().requireAgreement(world.oracle().log(), copy);
    }

    void requireWhatWasTold() {
        life.requireWhatWasTold();
    }

    void work() {
        worked = true;
        world.callers().again(life).forEach(this::calls);
        int some = 1 + random.nextInt(6);
        for (int i = 0; i < some; i++) {
            int times = random.nextInt(12);
            calls(() -> world.callers().call(life, times));
        }
        nowAndThen(life::save);
        nowAndThen(copy::snapshot);
        nowAndThen(this::compact);
        nowAndThen(copy::follow);
        if (healed) {
            nowAndThen(this::replayALetter);
        }
        if (world.holds()) {
            nowAndThen(life::sweep);
            if (random.nextInt(3) == 0) {
                nowAndThen(this::setTheClock);
            }
        }
    }

    private void calls(Runnable caller) {
        calling++;
        scheduler.act(() -> {
            caller.run();
            calling--;
        });
    }

    private void nowAndThen(Runnable pass) {
        int pause = 1 + random.nextInt(60);
        if (random.nextInt(4) == 0) {
            return;
        }
        scheduler.act(() -> {
            while (calling > 0) {
                for (int i = random.nextInt(pause); i >= 0; i--) {
                    SeededScheduler.point();
                }
                pass.run();
            }
        });
    }

    /** As somebody does who takes it for wrong, or it for right again. */
    private void setTheClock() {
        if (world.oracle().life() == life.number()) {
            world.clock().leap(LEAPS.get(random.nextInt(LEAPS.size())));
        }
    }

    private void replayALetter() {
        List<Long> dead = copy.dead();
        if (dead.isEmpty() || world.oracle().life() != life.number()) {
            return;
        }
        long letter = dead.get(random.nextInt(dead.size()));
        world.central().tries(letter);
        try {
            if (copy.replay(letter) && world.oracle().life() == life.number()) {
                world.central().resolved(letter);
            }
        } catch (CentralUnavailableException injected) {
            // it may be asked for again
        }
    }

    private void compact() {
        try {
            life.compact(copy.covered());
        } catch (IOException injected) {
            // the next pass goes on
        }
    }

    void stop() {
        life.save();
        copy.close();
        life.end();
    }
}
