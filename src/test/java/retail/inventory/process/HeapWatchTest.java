package retail.inventory.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A process that only collects garbage is ended; one that has a bad moment is not. */
class HeapWatchTest {

    private final HeapWatch watch = new HeapWatch();

    @Test
    void fiveSecondsOfCollectingWithAFullHeapAreTheEnd() {
        assertThat(IntStream.range(0, 4).anyMatch(second -> watch.isHopeless(0.97, 0.99)))
                .isFalse();
        assertThat(watch.isHopeless(0.97, 0.99)).isTrue();
    }

    @Test
    void oneSecondOfWorkBeginsThemAnew() {
        for (int i = 0; i < 20; i++) {
            assertThat(watch.isHopeless(0.97, 0.99)).isFalse();
            assertThat(watch.isHopeless(0.97, 0.99)).isFalse();
            assertThat(watch.isHopeless(i % 2 == 0 ? 0.5 : 0.97, i % 2 == 0 ? 0.99 : 0.9))
                    .as("it works, or there is room")
                    .isFalse();
        }
    }
}
