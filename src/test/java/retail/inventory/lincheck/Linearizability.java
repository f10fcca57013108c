package retail.inventory.lincheck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * Runs the operations of a class in a few threads and compares all they answered with every order of them. What the
 * class does in one thread is what it should do. {@code -Dinventory.lincheck=N} tries N scenarios instead of a few.
 */
public final class Linearizability {

    private static final int SCENARIOS = Integer.getInteger("inventory.lincheck", 5);
    private static final int SCENARIOS_TO_FIND_A_PLANTED_BUG = 100;
    private static final int STRESS_RUNS = 500;
    private static final int INTERLEAVINGS = 50;

    private Linearizability() {}

    /** Real threads, as fast as they can. */
    public static void stress(Class<?> operations) {
        stress(SCENARIOS).check(operations);
    }

    /** Each switch between the threads is chosen, so that rare ones come up too. */
    public static void modelCheck(Class<?> operations) {
        modelCheck(SCENARIOS).check(operations);
    }

    /** What is known to be broken has to be found, or the checks say nothing; threads left to chance may miss it. */
    public static void requireFound(Class<?> broken) {
        assertThatThrownBy(() -> modelCheck(SCENARIOS_TO_FIND_A_PLANTED_BUG).check(broken))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining("Invalid execution results");
    }

    /** Nothing goes before the threads: it could make the one interleaving impossible that matters, the first. */
    private static StressOptions stress(int scenarios) {
        return new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(scenarios)
                .invocationsPerIteration(STRESS_RUNS)
                .minimizeFailedScenario(false);
    }

    private static ModelCheckingOptions modelCheck(int scenarios) {
        return new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(scenarios)
                .invocationsPerIteration(INTERLEAVINGS)
                .minimizeFailedScenario(false);
    }
}
