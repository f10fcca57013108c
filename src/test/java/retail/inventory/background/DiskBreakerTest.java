package retail.inventory.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.background.DiskBreaker.OpenException;
import retail.inventory.background.DiskBreaker.State;
import retail.inventory.background.DiskBreakers.Settings;
import retail.inventory.simulation.ExpectedErrors;

/** When work on the disk is tried, when it is tried again, and when it is left alone. */
@ExtendWith(ExpectedErrors.class)
class DiskBreakerTest {

    private static final long AN_HOUR_MS = 3_600_000;
    private static final long A_MOMENT_MS = 5;

    private final Attempts attempts = new Attempts();

    /** Work that is counted, and fails as told. */
    private static final class Attempts implements DiskBreaker.Work {
        private final AtomicInteger count = new AtomicInteger();
        private volatile int failing;
        private volatile Exception failure = new IOException("Input/output error");

        @Override
        public void run() throws IOException {
            if (count.incrementAndGet() <= failing) {
                if (failure instanceof RuntimeException mistake) {
                    throw mistake;
                }
                throw (IOException) failure;
            }
        }

        /** The next ones fail, so many of them. */
        Attempts fail(int times, Exception with) {
            failing = count.get() + times;
            failure = with;
            return this;
        }

        Attempts fail(int times) {
            return fail(times, new IOException("Input/output error"));
        }

        int since(int before) {
            return count.get() - before;
        }
    }

    private static WatchedBreakers breakers(long cooldownMs, int retryTimes) {
        return new WatchedBreakers(new Settings(0.5, cooldownMs, 1, retryTimes));
    }

    private void fails(DiskBreaker breaker) {
        attempts.fail(Integer.MAX_VALUE / 2);
        assertThatThrownBy(() -> breaker.run(attempts)).hasMessage("Input/output error");
    }

    private void works(DiskBreaker breaker) throws IOException {
        attempts.fail(0);
        breaker.run(attempts);
    }

    private void isLeftAlone(DiskBreaker breaker) {
        int before = attempts.count.get();
        assertThatThrownBy(() -> breaker.run(attempts))
                .isInstanceOf(OpenException.class)
                .hasMessageContaining("open");
        assertThat(attempts.since(before)).as("tries while open").isZero();
    }

    /** Until the breaker lets a try through; it does not say so by itself. */
    private static void whenTried(DiskBreaker breaker, DiskBreaker.Work work) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            try {
                breaker.run(work);
                return true;
            } catch (OpenException tooEarly) {
                return false;
            }
        });
    }

    @Test
    void opensWhenHalfOfTheLatestTriesHaveFailed() throws IOException {
        WatchedBreakers watched = breakers(AN_HOUR_MS, 0);
        DiskBreaker breaker = watched.breakers().forRepeatable("files");
        for (int i = 0; i < 6; i++) {
            works(breaker);
        }
        for (int i = 0; i < 4; i++) {
            fails(breaker);
        }
        assertThat(breaker.state()).as("four of ten").isEqualTo(State.CLOSED);
        fails(breaker);
        assertThat(breaker.state()).as("five of the latest ten").isEqualTo(State.OPEN);
        isLeftAlone(breaker);
        assertThat(watched.breakers().opened()).isEqualTo(1);
    }

    @Test
    void doesNotOpenForTheFirstThreeFailures() {
        DiskBreaker breaker = breakers(AN_HOUR_MS, 0).breakers().forRepeatable("files");
        for (int i = 0; i < 3; i++) {
            fails(breaker);
            assertThat(breaker.state()).isEqualTo(State.CLOSED);
        }
        fails(breaker);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        isLeftAlone(breaker);
    }

    @Test
    void opensLaterWithAHigherThreshold() throws IOException {
        DiskBreaker breaker =
                new DiskBreakers(new Settings(1, AN_HOUR_MS, 1, 0)).forRepeatable("files that may fail often");
        works(breaker);
        for (int i = 0; i < 9; i++) {
            fails(breaker);
            assertThat(breaker.state()).isEqualTo(State.CLOSED);
        }
        fails(breaker);
        assertThat(breaker.state()).as("the success has left the window").isEqualTo(State.OPEN);
    }

    @Test
    void triesOnceAfterTheCooldownAndOpensAgainOrCloses() throws Exception {
        WatchedBreakers watched = breakers(A_MOMENT_MS, 0);
        DiskBreaker breaker = watched.breakers().forRepeatable("files");
        for (int i = 0; i < 4; i++) {
            fails(breaker);
        }
        attempts.fail(1);
        assertThatThrownBy(() -> whenTried(breaker, attempts)).hasMessage("Input/output error");
        assertThat(watched.history("files")).containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN);
        assertThat(watched.breakers().opened())
                .as("staying open is not opening")
                .isEqualTo(1);

        whenTried(breaker, () -> {
            assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
            isLeftAlone(breaker); // another one beside the try
        });
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        assertThat(watched.history("files"))
                .containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN, State.HALF_OPEN, State.CLOSED);
        works(breaker);
        fails(breaker);
        assertThat(breaker.state()).as("what was before is forgotten").isEqualTo(State.CLOSED);
    }

    @Test
    void repeatsSoManyTimesAndCounts() throws IOException {
        DiskBreakers breakers = breakers(AN_HOUR_MS, 3).breakers();
        DiskBreaker breaker = breakers.forRepeatable("files");
        breaker.run(attempts.fail(3));
        assertThat(attempts.count).hasValue(4);
        assertThat(breakers.repeated()).isEqualTo(3);

        assertThatThrownBy(() -> breaker.run(attempts.fail(4))).hasMessage("Input/output error");
        assertThat(attempts.count).hasValue(8);
        assertThat(breakers.repeated()).isEqualTo(6);

        fails(breaker);
        fails(breaker);
        assertThat(breaker.state()).as("what worked in the end is no failure").isEqualTo(State.OPEN);
        assertThat(breakers.opened()).isEqualTo(1);
    }

    @Test
    void neverRepeatsWhatMustNotBeAndOpensAtTheFirstFailure() throws IOException {
        DiskBreakers breakers = breakers(AN_HOUR_MS, 3).breakers();
        DiskBreaker breaker = breakers.forUnrepeatable("log", AN_HOUR_MS);
        for (int i = 0; i < 20; i++) {
            works(breaker);
        }
        int before = attempts.count.get();
        fails(breaker);
        assertThat(attempts.since(before)).isEqualTo(1);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breakers.repeated()).isZero();
        isLeftAlone(breaker);
    }

    @Test
    void triesTheUnrepeatableAgainAfterTheProbeTimeOrASmallerCooldown() {
        for (long[] times : new long[][] {{AN_HOUR_MS, A_MOMENT_MS}, {A_MOMENT_MS, AN_HOUR_MS}}) {
            WatchedBreakers watched = breakers(times[0], 0);
            DiskBreaker breaker = watched.breakers().forUnrepeatable("log", times[1]);
            fails(breaker);
            assertThatThrownBy(() -> whenTried(breaker, attempts)).hasMessage("Input/output error");
            attempts.fail(0);
            whenTried(breaker, attempts);
            assertThat(watched.history("log"))
                    .containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN, State.HALF_OPEN, State.CLOSED);
            assertThat(watched.breakers().opened()).isEqualTo(1);
        }
    }

    @Test
    void aMistakeCountsAsAFailureAndIsNotRepeated() {
        DiskBreakers breakers = breakers(AN_HOUR_MS, 3).breakers();
        for (DiskBreaker breaker : List.of(breakers.forRepeatable("files"), breakers.forUnrepeatable("log", 1))) {
            int before = attempts.count.get();
            int tries = 0;
            while (breaker.state() == State.CLOSED && tries < 10) {
                tries++;
                attempts.fail(1, new IllegalStateException("a mistake"));
                assertThatThrownBy(() -> breaker.run(attempts)).hasMessage("a mistake");
            }
            assertThat(attempts.since(before)).isEqualTo(tries).isIn(1, 4);
        }
        assertThat(breakers.repeated()).isZero();
        assertThat(breakers.opened()).isEqualTo(2);
    }

    @Test
    void repeatsAFailureOfTheDiskInWhateverItIsWrapped() throws IOException {
        DiskBreakers breakers = breakers(AN_HOUR_MS, 1).breakers();
        breakers.forRepeatable("files").run(attempts.fail(1, new UncheckedIOException(new IOException("full"))));
        assertThat(breakers.repeated()).isEqualTo(1);
    }

    @Test
    void aFileThatIsNotThereIsNotLookedForAgain() {
        DiskBreakers breakers = breakers(AN_HOUR_MS, 3).breakers();
        attempts.fail(1, new NoSuchFileException("gone"));
        assertThatThrownBy(() -> breakers.forRepeatable("files").run(attempts)).isInstanceOf(NoSuchFileException.class);
        assertThat(attempts.count).hasValue(1);
        assertThat(breakers.repeated()).isZero();
    }
}
