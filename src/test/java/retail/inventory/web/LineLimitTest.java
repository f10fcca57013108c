package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.web.LineLimit.Verdict.FIRST_LEFT_OUT;
import static retail.inventory.web.LineLimit.Verdict.LEFT_OUT;
import static retail.inventory.web.LineLimit.Verdict.WRITTEN;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LineLimitTest {

    private static final int PER_SECOND = 10;
    private static final long SECOND = 1_000_000_000;

    /** Near the end of what a clock of nanoseconds can say, where sums of it overflow. */
    private static final long NOW = Duration.ofNanos(Long.MAX_VALUE).toNanos() - SECOND / 2;

    private final LineLimit limit = new LineLimit(NOW, PER_SECOND);

    @Test
    void writesSoManyLinesASecondAndCountsTheRest() {
        for (int i = 0; i < PER_SECOND; i++) {
            assertThat(limit.ask(NOW + i)).isEqualTo(WRITTEN);
        }
        assertThat(limit.ask(NOW + SECOND / 3)).isEqualTo(FIRST_LEFT_OUT);
        assertThat(limit.ask(NOW + SECOND - 1)).isEqualTo(LEFT_OUT);
        assertThat(limit.takeLeftOut()).isEqualTo(2);
        assertThat(limit.takeLeftOut()).isZero();
    }

    @Test
    void writesAgainASecondLater() {
        for (int i = 0; i <= PER_SECOND; i++) {
            limit.ask(NOW);
        }
        assertThat(limit.ask(NOW + SECOND)).isEqualTo(WRITTEN);
    }

    @Test
    void asksForOneCountOfEachFlood() {
        for (int i = 0; i <= PER_SECOND; i++) {
            limit.ask(NOW);
        }
        assertThat(limit.ask(NOW)).isEqualTo(LEFT_OUT);
        limit.takeLeftOut();
        assertThat(limit.ask(NOW)).isEqualTo(FIRST_LEFT_OUT);
    }
}
