package retail.inventory.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import retail.inventory.admission.RateLimit.Verdict;

/** How many requests of a client come in, on a clock that is held. */
class RateLimitTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int TRIES = 200;
    private static final int CLIENTS_MAX = 100;

    /** Nanoseconds since some moment that may be to come. */
    private long now = -3 * SECOND;

    /** A pause, then a client who asks so many times. */
    record Step(long nanos, String client, int requests) {}

    private RateLimit limit(long perSecond, long burst) {
        return new RateLimit(perSecond, burst, () -> now, CLIENTS_MAX);
    }

    private int admitted(RateLimit limit, String client, int requests) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += limit.take(client, 1).admitted() ? 1 : 0;
        }
        return admitted;
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void admitsAtMostTheBurstAndWhatTimeAllows(
            @ForAll @IntRange(min = 1, max = 40) int perSecond,
            @ForAll @IntRange(min = 1, max = 60) int burst,
            @ForAll("steps") List<Step> steps) {
        RateLimit limit = limit(perSecond, burst);
        Map<String, List<Long>> admitted = new HashMap<>();
        long start = now;
        for (Step step : steps) {
            now += step.nanos;
            for (int i = 0; i < step.requests; i++) {
                if (limit.take(step.client, 1).admitted()) {
                    admitted.computeIfAbsent(step.client, client -> new ArrayList<>())
                            .add(now - start);
                }
            }
        }
        admitted.forEach((client, times) -> assertThat(mostBeyond(perSecond, burst, times))
                .as("requests of client %s too many in some time", client)
                .isNotPositive());
    }

    /** By how much the fullest stretch of time is fuller than it may be. */
    private static long mostBeyond(int perSecond, int burst, List<Long> times) {
        long most = Long.MIN_VALUE;
        for (int first = 0; first < times.size(); first++) {
            for (int last = first; last < times.size(); last++) {
                long elapsed = times.get(last) - times.get(first);
                most = Math.max(most, last - first + 1 - (burst + perSecond * elapsed / SECOND));
            }
        }
        return most;
    }

    /** Each client has a bucket of its own: the model of one knows nothing of the others. */
    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void admitsEverybodyAsIfAlone(
            @ForAll @IntRange(min = 1, max = 40) int perSecond,
            @ForAll @IntRange(min = 1, max = 60) int burst,
            @ForAll("steps") List<Step> steps) {
        RateLimit limit = limit(perSecond, burst);
        Map<String, Long> parts = new HashMap<>(); // tokens times a second's nanoseconds, so that nothing is rounded
        Map<String, Long> seen = new HashMap<>();
        long full = burst * SECOND;
        for (Step step : steps) {
            now += step.nanos;
            long left = parts.getOrDefault(step.client, full);
            long elapsed = now - seen.getOrDefault(step.client, now);
            left = Math.min(full, left + perSecond * elapsed);
            for (int i = 0; i < step.requests; i++) {
                Verdict verdict = limit.take(step.client, 1);
                assertThat(verdict.admitted()).as("%s of %s ns", left, SECOND).isEqualTo(left >= SECOND);
                left -= verdict.admitted() ? SECOND : 0;
                assertThat(verdict.remaining()).isEqualTo(left / SECOND);
                assertThat(verdict.resetSeconds()).isEqualTo(Math.ceilDiv((full - left) / perSecond, SECOND));
            }
            parts.put(step.client, left);
            seen.put(step.client, now);
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void admitsWhoWaitsAsLongAsTold(
            @ForAll @IntRange(min = 1, max = 40) int perSecond,
            @ForAll @IntRange(min = 1, max = 60) int burst,
            @ForAll("steps") List<Step> steps) {
        RateLimit limit = limit(perSecond, burst);
        for (Step step : steps) {
            now += step.nanos;
            for (int i = 0; i < step.requests; i++) {
                Verdict verdict = limit.take(step.client, 1);
                if (verdict.admitted()) {
                    assertThat(verdict.retryAfterSeconds()).isZero();
                } else {
                    assertThat(verdict.remaining()).isZero();
                    assertThat(verdict.retryAfterSeconds())
                            .as("not longer than one token takes")
                            .isBetween(1L, Math.ceilDiv(1L, perSecond));
                    now += verdict.retryAfterSeconds() * SECOND;
                    assertThat(limit.take(step.client, 1).admitted()).isTrue();
                }
            }
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void isFullAgainAfterTheWindow(
            @ForAll @IntRange(min = 1, max = 40) int perSecond, @ForAll @IntRange(min = 1, max = 60) int burst) {
        RateLimit limit = limit(perSecond, burst);
        assertThat(limit.windowSeconds()).isEqualTo(Math.ceilDiv(burst, perSecond));
        for (int round = 0; round < 3; round++) {
            assertThat(admitted(limit, "client", burst + 1)).isEqualTo(burst);
            assertThat(limit.take("client", 1).resetSeconds()).isBetween(1L, limit.windowSeconds());
            now += limit.windowSeconds() * SECOND;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> nanos = Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, SECOND / 40, SECOND / 3, SECOND - 1, SECOND, SECOND + 1),
                Arbitraries.longs().between(0, 3 * SECOND),
                Arbitraries.longs().between(0, 80 * SECOND));
        return Combinators.combine(
                        nanos,
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.integers().between(0, 12))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    @Example
    void remembersWhoHasSpentAllWhileOthersComeAndGo() {
        RateLimit limit = limit(1, 50);
        assertThat(admitted(limit, "greedy", 60)).isEqualTo(50);
        for (int second = 1; second <= 40; second++) {
            now += SECOND;
            assertThat(admitted(limit, "other " + second, 50)).isEqualTo(50);
        }
        assertThat(admitted(limit, "greedy", 60)).isEqualTo(40);
    }

    /** Who is held up between the look at the clock and the table would put an older time of last use back there. */
    @Example
    void remembersWhoHasSpentAllWhenOneRequestWasHeldUp() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        RateLimit limit = new RateLimit(
                1,
                3,
                () -> {
                    long seen = now;
                    meanwhile.getAndSet(() -> {}).run();
                    return seen;
                },
                CLIENTS_MAX);
        limit.take("client", 1);
        meanwhile.set(() -> {
            now += 60 * SECOND;
            assertThat(admitted(limit, "client", 5)).isEqualTo(3);
        });
        assertThat(limit.take("client", 1).admitted()).as("the one held up").isFalse();
        now += SECOND;
        assertThat(admitted(limit, "client", 5)).isEqualTo(1);
    }

    @Example
    void forgetsClientsWhenThereAreTooMany() {
        RateLimit limit = limit(1, 1);
        for (int client = 1; client <= 50_000; client++) {
            assertThat(limit.take("client " + client, 1).admitted()).isTrue();
            if (client % 1000 == 0) {
                assertThat(limit.clients()).isLessThanOrEqualTo(CLIENTS_MAX + 2000);
            }
        }
        await().until(() -> {
            limit.take("one more", 1);
            return limit.clients() <= CLIENTS_MAX + 1;
        });
    }

    @Example
    void admitsNoMoreWhenManyAskAtOnce() throws InterruptedException {
        RateLimit limit = limit(1, 500);
        AtomicInteger admitted = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.ofVirtual().start(() -> admitted.addAndGet(admitted(limit, "client", 100))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(admitted).hasValue(500);
    }

    @Example
    void isOffWithZero() {
        RateLimit off = limit(0, 1);
        assertThat(off.isOn()).isFalse();
        assertThat(off.windowSeconds()).isZero();
        assertThat(limit(1, 1).isOn()).isTrue();
    }
}
