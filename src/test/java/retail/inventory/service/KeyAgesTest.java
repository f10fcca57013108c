package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.WritePath.KEY;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event.KeyedRequest;

/** Keys and a clock that leaps: each is remembered for its time, by elapsed time, and not a moment longer. */
class KeyAgesTest {

    private static final Duration TTL = Duration.ofMinutes(5);
    private static final int KEYS_MAX = 1000;
    private static final List<Duration> LEAPS = List.of(
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofDays(1),
            Duration.ofDays(-1),
            Duration.ofDays(31),
            Duration.ofDays(-31));

    private final HeldClock clock = new HeldClock();
    private final RecordedEvents log = new RecordedEvents();
    private Idempotency keys = keys();
    private long answers;

    private Idempotency keys() {
        return new Idempotency(log, clock::nanoTime, TTL.toMillis(), KEYS_MAX, 10_000);
    }

    @BeforeEach
    void begins() {
        keys.started(0);
    }

    /** A key as the log has it. */
    private record Logged(String key, Answer.Accepted answer, Duration givenAt) {}

    @Test
    void keyIsAnsweredAgainAfterTheClockLeapsForward() {
        Logged first = sold("a");
        clock.leaps(Duration.ofMinutes(10));
        assertThat(again(first)).isTrue();
    }

    @Test
    void keyIsForgottenInTimeAfterTheClockLeapsBack() {
        Logged first = sold("a");
        clock.leaps(Duration.ofDays(-1));
        clock.passes(TTL);
        assertThat(again(first)).isFalse();
    }

    @Test
    void oneKeyStampedAheadKeepsNoOther() {
        clock.leaps(Duration.ofDays(1));
        sold("ahead");
        clock.leaps(Duration.ofDays(-1));
        for (int i = 0; i < 100; i++) {
            sold("key-" + i);
        }
        assertThat(keys.size()).isEqualTo(101);
        clock.passes(TTL);
        sold("later");
        assertThat(keys.size()).isEqualTo(1);
    }

    @Test
    void noKeyIsRefusedForOneThatIsAhead() {
        clock.leaps(Duration.ofDays(1));
        sold("ahead");
        clock.leaps(Duration.ofDays(-1));
        for (int i = 0; i < 3 * KEYS_MAX; i++) {
            clock.passes(TTL.dividedBy(KEYS_MAX / 2));
            sold("key-" + i); // throws when it is refused
        }
        assertThat(keys.size()).isLessThanOrEqualTo(KEYS_MAX / 2 + 1);
    }

    @Test
    void keysOfAnotherProcessLiveFromTheMomentTheyAreRead() {
        for (Duration off : LEAPS) {
            Logged others = logged("of another process, " + off, clock.instant().plus(off));
            keys.restore(log.put(new KeyedRequest(others.key(), "sell"), others.answer()));
            clock.passes(TTL.minusNanos(1));
            assertThat(again(others)).as("%s", off).isTrue();
            clock.passes(Duration.ofNanos(1));
            assertThat(again(others)).as("%s", off).isFalse();
        }
    }

    @Test
    void nothingIsForgottenEarlyNorKeptLateWhateverTheClockDoes() {
        for (int seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<Logged> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                time(random);
                all.add(sold("seed " + seed + " key " + i));
                Logged any = all.get(random.nextInt(all.size()));
                boolean lives = elapsed().minus(any.givenAt()).compareTo(TTL) < 0;
                assertThat(again(any)).as("seed " + seed + ", " + any).isEqualTo(lives);
            }
            long live = all.stream()
                    .filter(one -> elapsed().minus(one.givenAt()).compareTo(TTL) < 0)
                    .count();
            assertThat(keys.size()).as("seed " + seed).isLessThanOrEqualTo((int) live);
        }
    }

    @Test
    void nothingIsForgottenEarlyAcrossAStartNorKeptForLongerThanItsTimeAfterIt() {
        for (int seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            List<@Nullable Logged> log = new ArrayList<>();
            List<Instant> times = new ArrayList<>();
            int leapsLeft = random.nextInt(9);
            for (int i = 0; i < 60; i++) {
                if (leapsLeft > 0 && random.nextInt(8) == 0) {
                    leapsLeft--;
                    clock.leaps(LEAPS.get(random.nextInt(LEAPS.size())));
                }
                clock.passes(Duration.ofMillis(random.nextInt(20_000)));
                times.add(clock.instant());
                log.add(random.nextInt(3) == 0 ? null : logged("seed " + seed + " key " + i, clock.instant()));
            }
            Duration end = elapsed();
            clock.passes(Duration.ofDays(random.nextInt(2)));
            clock.leaps(LEAPS.get(random.nextInt(LEAPS.size())));
            startedOn(log, times);
            for (Logged each : log) {
                if (each != null && end.minus(each.givenAt()).compareTo(TTL) < 0) {
                    assertThat(again(each)).as("seed " + seed + ", " + each).isTrue();
                }
            }
            clock.passes(TTL);
            keys.firstNeeded();
            assertThat(keys.size()).as("seed " + seed).isZero();
        }
    }

    @Test
    void logThatNobodyStampedWronglyForgetsByItsTimes() {
        List<Logged> log = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            clock.passes(Duration.ofSeconds(1));
            times.add(clock.instant());
            log.add(logged("key " + i, clock.instant()));
        }
        startedOn(log, times);
        assertThat(keys.size())
                .as("five minutes, and eight steps that may have been leaps")
                .isEqualTo(308);
    }

    @Test
    void logWithMoreKeysThanMemoryAllowsForKeepsTheLatest() {
        List<Logged> log = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < 3 * KEYS_MAX; i++) {
            times.add(clock.instant());
            log.add(logged("key " + i, clock.instant()));
        }
        startedOn(log, times);
        assertThat(keys.size()).isEqualTo(KEYS_MAX);
        assertThat(again(log.getLast())).isTrue();
        assertThat(keys.firstNeeded()).isEqualTo(log.get(2 * KEYS_MAX).answer().sequence());
    }

    @Test
    void firstNeededIsTheOldestKeyThatLives() {
        assertThat(keys.firstNeeded()).isEqualTo(Long.MAX_VALUE);
        Logged first = sold("a");
        clock.passes(TTL.minusSeconds(1));
        Logged second = sold("b");
        assertThat(keys.firstNeeded()).isEqualTo(first.answer().sequence());
        clock.leaps(Duration.ofDays(-1));
        clock.passes(Duration.ofSeconds(1));
        assertThat(keys.firstNeeded()).isEqualTo(second.answer().sequence());
        assertThat(keys.size()).isEqualTo(1);
        clock.passes(TTL);
        assertThat(keys.firstNeeded()).isEqualTo(Long.MAX_VALUE);
        assertThat(keys.size()).as("without a request that would notice").isZero();
    }

    /** Starts anew on a log. */
    private void startedOn(List<? extends @Nullable Logged> log, List<Instant> times) {
        keys = keys();
        for (int i = 0; i < log.size(); i++) {
            Logged each = log.get(i);
            if (each == null) {
                keys.restore(RecordedEvents.unkeyed(times.get(i)));
            } else {
                keys.restore(this.log.put(new KeyedRequest(each.key(), "sell"), each.answer()));
            }
        }
        keys.started(0);
    }

    private void time(Random random) {
        clock.passes(Duration.ofMillis(random.nextInt(30_000)));
        if (random.nextInt(4) == 0) {
            clock.leaps(LEAPS.get(random.nextInt(LEAPS.size())));
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(clock.nanoTime() - new HeldClock().nanoTime());
    }

    private Logged logged(String key, Instant at) {
        answers++;
        return new Logged(
                key,
                WritePath.accepted(
                        1, WritePath.record(KEY, answers, answers, at), new UUID(0, answers), answers, false),
                elapsed());
    }

    private Logged sold(String key) {
        Logged sale = logged(key, clock.instant());
        keys.once(new KeyedRequest(key, "sell"), false, Slot.UNLIMITED, claim -> {
            claim.handedToTheLog();
            log.put(claim.request(), sale.answer());
            claim.answered(sale.answer());
            return sale.answer();
        });
        return sale;
    }

    /** The same request once more; whether it gets the first answer. */
    private boolean again(Logged first) {
        Answer notRemembered = new Answer.KeyReused("not remembered");
        Answer answer = keys.once(new KeyedRequest(first.key(), "sell"), false, Slot.UNLIMITED, claim -> notRemembered);
        assertThat(answer).isIn(first.answer().asReplay(), notRemembered);
        return !notRemembered.equals(answer);
    }
}
