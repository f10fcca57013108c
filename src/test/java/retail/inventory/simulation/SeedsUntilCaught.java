package retail.inventory.simulation;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The experiment on planted bugs: seeds, one after the other, until one fails. Gives what the first of those says; null
 * when none does.
 */
final class SeedsUntilCaught implements Callable<@Nullable String> {

    private static final int SEEDS_MAX = 2000;

    @Override
    public @Nullable String call() {
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            try {
                Simulation.Outcome _ = Simulation.run(seed);
            } catch (AssertionError e) {
                return String.valueOf(e.getMessage());
            }
        }
        return null;
    }
}
