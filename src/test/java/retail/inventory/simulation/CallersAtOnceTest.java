package retail.inventory.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.planted.MutatedClasses;
import retail.inventory.planted.PlantedBug;
import retail.inventory.simulation.CallersAtOnce.Outcome;

/** Holds, baskets, adjusts and reserves are what they were told to be, whatever many callers, the clock and the disk do. */
@ExtendWith(ExpectedErrors.class)
class CallersAtOnceTest {

    private static final int OPERATIONS = Integer.getInteger("inventory.history.operations", 100_000);
    private static final int OPERATIONS_PER_RUN = 20_000;
    private static final int ROUNDS_MAX = 10;
    private static final Logger LOG = LoggerFactory.getLogger("history");

    @Test
    void nothingIsLostSoldTwiceOrShownTooEarly() throws InterruptedException {
        Outcome all = new Outcome(0, 0, 0, 0);
        while (all.asked() < OPERATIONS) {
            all = all.plus(CallersAtOnce.run(OPERATIONS_PER_RUN));
            LOG.info("{}", all);
        }
        assertThat(all.events()).as("changes made").isGreaterThan(OPERATIONS / 20);
        assertThat(all.leaps()).as("leaps of the clock").isPositive();
    }

    static List<Arguments> bugs() {
        return List.of(
                bug(
                        "the lock of a hold is removed",
                        new PlantedBug(
                                "table/HoldRows.java",
                                "        row.lock();\n        try {\n            TreeSet",
                                "        try {\n            TreeSet"),
                        new PlantedBug(
                                "table/HoldRows.java", "must not stay\n            row.unlock();", "must not stay\n"),
                        new PlantedBug( // where another thread may go on, as it would do by chance
                                "table/HoldRows.java",
                                "return action.apply(new HoldRows(table.holds()",
                                "Thread.yield();\n            return action.apply(new HoldRows(table.holds()")),
                bug(
                        "the SKUs of a basket are locked one after the other",
                        new PlantedBug("table/SeveralRows.java", "rows.get(locked).lock();", ""),
                        new PlantedBug("table/SeveralRows.java", "rows.get(--locked).unlock();", "locked--;")),
                bug(
                        "a sale relies on a lapse that nobody writes down",
                        Bugs.A_SALE_RELIES_ON_A_LAPSE_THAT_NOBODY_WRITES_DOWN.bug()));
    }

    private static Arguments bug(String what, PlantedBug... planted) {
        return Arguments.of(what, List.of(planted));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void findsTheBug(String what, List<PlantedBug> planted) throws Exception {
        try (MutatedClasses wrong = MutatedClasses.with(planted.toArray(PlantedBug[]::new))) {
            List<?> found = List.of();
            for (int round = 0; round < ROUNDS_MAX && found.isEmpty(); round++) {
                Callable<?> experiment = wrong.make(Callable.class, CallersAtOnce.class.getName());
                found = (List<?>) experiment.call();
            }
            LOG.info("{}: {}", what, found);
            assertThat(found).as(what).isNotEmpty();
        }
    }
}
