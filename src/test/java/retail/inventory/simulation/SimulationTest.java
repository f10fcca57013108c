package retail.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** As many seeds as {@code -Dinventory.seeds} says, or the one of {@code -Dinventory.seed}. */
@ExtendWith(ExpectedErrors.class)
class SimulationTest {

    private static final Logger LOG = LoggerFactory.getLogger("simulation");
    private static final long SEEDS = Long.getLong("inventory.seeds", 1000);
    private static final @Nullable Long ONE = Long.getLong("inventory.seed");
    private static final int REPLAYED = 20;

    private final LongAdder seeds = new LongAdder();
    private final LongAdder crashes = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder steps = new LongAdder();

    @Test
    void losesNothingRevivesNothingAndSellsNothingTwice() {
        if (ONE != null) {
            run(ONE);
            return;
        }
        AtomicLong next = new AtomicLong();
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(processor -> {
                    for (long seed = next.incrementAndGet(); seed <= SEEDS; seed = next.incrementAndGet()) {
                        run(seed);
                    }
                });
        LOG.info("{} seeds, {} lives, {} events, {} steps", seeds, crashes, events, steps);
        assertThat(events.sum()).as("enough happens in them").isGreaterThan(10 * SEEDS);
    }

    private void run(long seed) {
        Simulation.Outcome outcome = Simulation.run(seed);
        seeds.increment();
        crashes.add(outcome.lives());
        events.add(outcome.events());
        steps.add(outcome.steps());
        if (SEEDS >= 10_000 && seeds.sum() % 5000 == 0) {
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
