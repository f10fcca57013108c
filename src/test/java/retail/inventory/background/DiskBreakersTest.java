package retail.inventory.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.background.DiskBreaker.OpenException;
import retail.inventory.background.DiskBreaker.State;
import retail.inventory.background.DiskBreakers.Settings;
import retail.inventory.simulation.ExpectedErrors;

/** The breakers of a process together, under many threads, and the time they go by. */
@ExtendWith(ExpectedErrors.class)
class DiskBreakersTest {

    private static final long AN_HOUR_MS = 3_600_000;
    private static final int THREADS = 20;
    private static final int TIMES = 200;

    private final WatchedBreakers watched = new WatchedBreakers(new Settings(0.5, AN_HOUR_MS, 1, 0));
    private final DiskBreakers breakers = watched.breakers();

    @Test
    void tellsTheStateOfEachByItsName() {
        DiskBreaker log = breakers.forUnrepeatable("log", AN_HOUR_MS);
        breakers.forRepeatable("snapshots");
        breakers.forRepeatable("dead-letters");
        assertThat(breakers.states())
                .isEqualTo(Map.of("log", State.CLOSED, "snapshots", State.CLOSED, "dead-letters", State.CLOSED));
        assertThatThrownBy(() -> log.run(DiskBreakersTest::fail)).isInstanceOf(IOException.class);
        assertThat(breakers.states())
                .isEqualTo(Map.of("log", State.OPEN, "snapshots", State.CLOSED, "dead-letters", State.CLOSED));
    }

    @Test
    void oneThatOpensLeavesTheOthersAlone() throws IOException {
        DiskBreaker log = breakers.forUnrepeatable("log", AN_HOUR_MS);
        DiskBreaker files = breakers.forRepeatable("files");
        assertThatThrownBy(() -> log.run(DiskBreakersTest::fail)).isInstanceOf(IOException.class);
        AtomicInteger done = new AtomicInteger();
        files.run(done::incrementAndGet);
        assertThat(done).hasValue(1);
    }

    /** A disk that was stuck for long and then worked has worked. */
    @Test
    void workThatTakesLongIsNoFailure() {
        breakers.forUnrepeatable("log", AN_HOUR_MS);
        breakers.forRepeatable("files");
        for (String name : List.of("log", "files")) {
            for (int i = 0; i < 20; i++) {
                watched.circuit(name).onSuccess(2, TimeUnit.HOURS);
            }
        }
        assertThat(breakers.states()).isEqualTo(Map.of("log", State.CLOSED, "files", State.CLOSED));
    }

    @Test
    void everyRunEndsInOneWayWhenManyUseIt() throws InterruptedException {
        WatchedBreakers impatient = new WatchedBreakers(new Settings(0.5, 1, 1, 0));
        DiskBreaker breaker = impatient.breakers().forRepeatable("files");
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger leftAlone = new AtomicInteger();
        inManyThreads(() -> {
            try {
                breaker.run(() -> {
                    if (begun.incrementAndGet() % 3 != 0) {
                        throw new IOException("Input/output error");
                    }
                });
                done.incrementAndGet();
            } catch (OpenException open) {
                leftAlone.incrementAndGet();
            } catch (IOException injected) {
                failed.incrementAndGet();
            }
        });
        assertThat(done.get() + failed.get()).isEqualTo(begun.get());
        assertThat(done.get() + failed.get() + leftAlone.get()).isEqualTo(THREADS * TIMES);
        assertThat(done.get()).isEqualTo(begun.get() / 3);
        // Threads may tell of two changes in the other order, so only their numbers are held against each other.
        long closed =
                impatient.history("files").stream().filter(State.CLOSED::equals).count();
        assertThat(impatient.breakers().opened())
                .as("once more than it closed when it is not closed in the end")
                .isEqualTo(closed + (breaker.state() == State.CLOSED ? 0 : 1))
                .isPositive();
    }

    @Test
    void countsEveryRepetitionWhenManyUseIt() throws InterruptedException {
        DiskBreakers repeating = new DiskBreakers(new Settings(1, AN_HOUR_MS, 1, 1));
        DiskBreaker breaker = repeating.forRepeatable("files");
        inManyThreads(() -> {
            AtomicInteger tries = new AtomicInteger();
            try {
                breaker.run(() -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IOException("Input/output error");
                    }
                });
            } catch (IOException e) {
                throw new AssertionError("the second try works", e);
            }
        });
        assertThat(repeating.repeated()).isEqualTo(THREADS * TIMES);
        assertThat(repeating.opened()).isZero();
    }

    @Test
    void goesByAClockThatNobodySets() {
        breakers.forUnrepeatable("log", 1);
        breakers.forRepeatable("files");
        for (String name : List.of("log", "files")) {
            assertThat(watched.circuit(name).getCircuitBreakerConfig().getClock())
                    .isInstanceOf(MonotonicClock.class);
        }
        MonotonicClock clock = new MonotonicClock();
        assertThat(clock.withZone(ZoneOffset.MAX)).isSameAs(clock);
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
        for (int i = 0; i < 1000; i++) {
            long before = System.nanoTime();
            Instant now = clock.instant();
            long after = System.nanoTime();
            assertThat(Duration.between(Instant.EPOCH, now).toNanos()).isBetween(before, after);
        }
    }

    private static void fail() throws IOException {
        throw new IOException("Input/output error");
    }

    private static void inManyThreads(Runnable work) throws InterruptedException {
        AtomicInteger mistakes = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int time = 0; time < TIMES; time++) {
                        work.run();
                    }
                } catch (RuntimeException | Error e) {
                    mistakes.incrementAndGet();
                    throw e;
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(mistakes).hasValue(0);
    }
}
