package retail.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void takesNearestRankOverAllClients() {
        long[] odd = LongStream.rangeClosed(1, 100)
                .filter(ms -> ms % 2 == 1)
                .map(ms -> ms * 1_000_000)
                .toArray();
        long[] even = LongStream.rangeClosed(1, 100)
                .filter(ms -> ms % 2 == 0)
                .map(ms -> ms * 1_000_000)
                .toArray();
        Latencies latencies = Latencies.of(List.of(even, odd));

        assertThat(latencies.millisAt(50)).isEqualTo(50);
        assertThat(latencies.millisAt(95)).isEqualTo(95);
        assertThat(latencies.millisAt(99)).isEqualTo(99);
        assertThat(latencies.millisAt(0.1)).isEqualTo(1);
        assertThat(latencies.millisMax()).isEqualTo(100);
    }

    @Test
    void everyPercentileOfOneTimeIsThatTime() {
        Latencies latencies = Latencies.of(List.of(new long[] {}, new long[] {2_500_000}));

        assertThat(latencies.millisAt(50)).isEqualTo(2.5);
        assertThat(latencies.millisAt(99)).isEqualTo(2.5);
    }

    @Test
    void refusesNoTimesAndPercentilesOutOfRange() {
        Latencies latencies = Latencies.of(List.of(new long[] {1}));

        assertThatIllegalArgumentException().isThrownBy(() -> Latencies.of(List.of(new long[] {})));
        assertThatIllegalArgumentException().isThrownBy(() -> latencies.millisAt(0));
        assertThatIllegalArgumentException().isThrownBy(() -> latencies.millisAt(101));
    }
}
