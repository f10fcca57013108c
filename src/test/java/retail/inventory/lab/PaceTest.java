package retail.inventory.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void anOpenLoadKeepsItsScheduleWhateverTheTime() {
        Pace pace = new Pace.Open(3, 10);
        assertThat(LongStream.range(0, 7).map(number -> pace.dueNanos(number, 5 * SECOND)))
                .containsExactly(0L, 333_333_333L, 666_666_666L, SECOND, 1_333_333_333L, 1_666_666_666L, 2 * SECOND);
    }

    @Test
    void anOpenLoadHasItsRateInEverySecondOfALongTime() {
        Pace pace = new Pace.Open(49_999, 10);
        long day = 24 * 60 * 60;
        assertThat(pace.dueNanos(49_999 * day, 0)).isEqualTo(day * SECOND);
        assertThat(pace.dueNanos(49_999 * day - 1, 0)).isLessThan(day * SECOND);
    }

    @Test
    void aClosedLoadIsAlwaysDueNow() {
        assertThat(new Pace.Closed(10).dueNanos(1_000, 42)).isEqualTo(42);
    }
}
