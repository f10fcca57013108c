package retail.inventory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogAgeTest {

    @Test
    void agesAreThoseOfTheTimesWhenNobodySetTheClock() {
        assertThat(ages(0, 10, 20, 50, 100)).containsExactly(90L, 80L, 50L, 0L);
    }

    @Test
    void eventStampedAheadIsAsOldAsTheOneBehindIt() {
        assertThat(ages(0, 10, 1000, 20, 30)).containsExactly(20L, 10L, 10L, 0L);
        assertThat(ages(0, 1000, 20, 30)).containsExactly(10L, 10L, 0L);
    }

    @Test
    void eventsBeforeAStepBackAreAsOldAsTheStep() {
        assertThat(ages(0, 1010, 1020, 10, 30)).containsExactly(20L, 20L, 20L, 0L);
    }

    @Test
    void aStepForwardThatMayBeALeapDoesNotCount() {
        assertThat(ages(1, 10, 20, 1030, 1040)).containsExactly(20L, 10L, 0L, 0L);
        assertThat(ages(2, 10, 20, 1030, 1040)).containsExactly(10L, 0L, 0L, 0L);
    }

    @Test
    void isNeverMoreThanTheTruthForAsManyLeapsAsAllowedForNorBelowThoseBehind() {
        for (int seed = 1; seed <= 1000; seed++) {
            Random random = new Random(seed);
            int leaps = random.nextInt(5);
            int left = leaps;
            long trueMs = 0;
            long offMs = 0;
            List<Long> truth = new ArrayList<>();
            List<Long> stamped = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                trueMs += random.nextInt(1000);
                if (random.nextInt(6) == 0) {
                    offMs -= random.nextInt(100_000);
                } else if (left > 0 && random.nextInt(6) == 0) {
                    left--;
                    offMs += random.nextInt(1_000_000);
                }
                truth.add(trueMs);
                stamped.add(trueMs + offMs);
            }
            long[] found =
                    ages(leaps, stamped.stream().mapToLong(Long::longValue).toArray());
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).as("seed " + seed + ", event " + i).isBetween(0L, trueMs - truth.get(i));
                assertThat(found[i]).isGreaterThanOrEqualTo(i + 1 < found.length ? found[i + 1] : 0);
            }
        }
    }

    /** The ages of events with these times, the latest last. */
    private static long[] ages(int leapsMax, long... timesMs) {
        LogAge age = new LogAge(timesMs[timesMs.length - 1], leapsMax);
        long[] ages = new long[timesMs.length];
        for (int i = ages.length - 1; i >= 0; i--) {
            ages[i] = age.before(timesMs[i]);
        }
        return ages;
    }
}
