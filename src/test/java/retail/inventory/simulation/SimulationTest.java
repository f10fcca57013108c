package retail.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As many seeds as {@code -Dinventory.seeds} says, or the one of {@code -Dinventory.seed}. */
@Isolated("a lock shared with other tests would decide what only a seed may")
@ExtendWith(ExpectedErrors.class)
class SimulationTest {

    private static final Logger LOG = LoggerFactory.getLogger("simulation");
    private static final long SEEDS = Long.getLong("inventory.seeds", 1000);
    private static final @Nullable Long ONE = Long.getLong("inventory.seed");
    private static final int REPLAYED = 20;

    private long seeds;
    private long crashes;
    private long events;
    private long steps;

    @Test
    void losesNothingRevivesNothingAndSellsNothingTwice() {
        if (ONE != null) {
            run(ONE);
            return;
        }
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(seed);
        }
        LOG.info("{} seeds, {} lives, {} events, {} steps", seeds, crashes, events, steps);
        assertThat(events).as("enough happens in them").isGreaterThan(10 * SEEDS);
    }

    private void run(long seed) {
        Simulation.Outcome outcome = Simulation.run(seed);
        seeds++;
        crashes += outcome.lives();
        events += outcome.events();
        steps += outcome.steps();
        if (SEEDS >= 10_000 && seeds % 5000 == 0) {
            LOG.info("{} of {} seeds", seeds, SEEDS);
        }
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed : LongStream.rangeClosed(1, REPLAYED).toArray()) {
            assertThat(Simulation.run(seed)).isEqualTo(Simulation.run(seed));
        }
    }
}
