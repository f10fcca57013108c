package retail.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("a lock shared with other tests would decide what only a seed may")
class SeededSchedulerTest {

    @Test
    void givesUpOnThreadsThatGoOnWithoutEnd() {
        SeededScheduler scheduler = new SeededScheduler(new Random(1), 1000);
        scheduler.fork(() -> {
            while (true) {
                SeededScheduler.point();
            }
        });

        assertThatThrownBy(scheduler::drain)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("going on without end")
                .hasMessageContaining("SeededSchedulerTest");
        assertThatThrownBy(() -> scheduler.runUntil(() -> false)).hasMessageContaining("going on without end");
    }
}
