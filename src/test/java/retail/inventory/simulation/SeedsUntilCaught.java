package retail.inventory.simulation;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The experiment on planted bugs: seeds, one after the other, until one fails, and before them the one that it is given: the
 * seed that found the bug the last time, as a rare one takes a thousand. Gives what the first failure says; null when
 * there is none.
 */
final class SeedsUntilCaught implements Function<Long, @Nullable String> {

    private static final int SEEDS_MAX = 2000;

    @Override
    public @Nullable String apply(Long likely) {
        String caught = caughtBy(likely);
        for (long seed = 1; caught == null && seed <= SEEDS_MAX; seed++) {
            caught = caughtBy(seed);
        }
        return caught;
    }

    private static @Nullable String caughtBy(long seed) {
        try {
            Simulation.Outcome _ = Simulation.run(seed);
            return null;
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
