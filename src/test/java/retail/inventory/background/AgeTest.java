package retail.inventory.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AgeTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Age age = new Age(nanos::get);

    @Test
    void isUnknownBeforeTheFirstTime() {
        assertThat(age.seconds()).isNaN();
    }

    /** The clock has no zero, and its values may overflow. */
    @Test
    void countsFromTheLatestTime() {
        age.restart();
        assertThat(age.seconds()).isZero();
        nanos.addAndGet(1_500_000_000);
        assertThat(age.seconds()).isEqualTo(1.5);
        age.restart();
        nanos.addAndGet(250_000_000);
        assertThat(age.seconds()).isEqualTo(0.25);
    }
}
