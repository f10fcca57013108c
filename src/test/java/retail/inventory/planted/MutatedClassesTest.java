package retail.inventory.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.Decision;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;
import retail.inventory.stock.StockRules;

class MutatedClassesTest {

    private static final String RULES = "stock/StockRules.java";
    private static final PlantedBug SELLS_WHAT_IS_NOT_THERE =
            new PlantedBug(RULES, "result < held) {", "result < held - 10) {");
    private static final PlantedBug CREATES_BY_SELLING =
            new PlantedBug(RULES, "if (current == null && command.delta() < 0) {", "if (command.delta() == 0) {");

    /** What becomes of a reservation of so many units out of one. */
    static final class Reserving implements Function<Long, String> {

        @Override
        public String apply(Long qty) {
            try {
                var key = new StockKey("S1", "A");
                var id = new UUID(0, 0);
                var one = new InventoryRecord(key, 1, 1, Instant.EPOCH);
                Decision decision = StockRules.decide(one, new Reserve(key, qty, null, id, Instant.EPOCH));
                return decision instanceof Decision.Accepted accepted
                        ? "sold, " + accepted.movements().get(0).qty() + " left"
                        : "refused";
            } catch (IllegalArgumentException e) {
                return e.toString();
            }
        }
    }

    static final class Failing implements Function<Long, String> {

        @Override
        public String apply(Long qty) {
            throw new AssertionError(new Reserving().apply(qty) + " on "
                    + Thread.currentThread().getContextClassLoader().getName());
        }
    }

    static final class Greeting implements Supplier<String> {

        @Override
        public String get() {
            return "hello";
        }
    }

    @Test
    void experimentMeetsTheBugAndEverybodyElseDoesNot() throws Exception {
        try (MutatedClasses wrong = MutatedClasses.with(SELLS_WHAT_IS_NOT_THERE)) {
            assertThat(wrong.apply(Reserving.class.getName(), 2L)).isEqualTo("sold, -1 left");
        }
        assertThat(new Reserving().apply(2L)).isEqualTo("refused");
    }

    @Test
    void bugsMayBeInOneFileTogether() throws Exception {
        try (MutatedClasses wrong = MutatedClasses.with(CREATES_BY_SELLING, SELLS_WHAT_IS_NOT_THERE)) {
            assertThat(wrong.apply(Reserving.class.getName(), 2L)).isEqualTo("sold, -1 left");
        }
    }

    @Test
    void withoutABugNothingIsWrong() throws Exception {
        try (MutatedClasses right = MutatedClasses.with()) {
            assertThat(right.apply(Reserving.class.getName(), 2L)).isEqualTo("refused");
        }
    }

    @Test
    void whatAnExperimentThrowsIsThrownOn() throws Exception {
        try (MutatedClasses wrong = MutatedClasses.with(SELLS_WHAT_IS_NOT_THERE)) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> wrong.apply(Failing.class.getName(), 2L))
                    .withMessage("sold, -1 left on planted");
        }
    }

    @Test
    void experimentIsWhatTheJdkKnows() throws Exception {
        try (MutatedClasses right = MutatedClasses.with()) {
            Supplier<?> greeting = right.make(Supplier.class, Greeting.class.getName());
            assertThat(greeting.get()).isEqualTo("hello");
        }
    }

    @Test
    void placeThatIsNotThereIsNoticed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> MutatedClasses.with(new PlantedBug(RULES, "if (result < 1) {", "")))
                .withMessageContaining("does not have it");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> MutatedClasses.with(new PlantedBug("stock/NoSuchFile.java", "a", "b")))
                .withMessageContaining("NoSuchFile.java");
    }

    @Test
    void placeThatIsThereTwiceIsNoticed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> MutatedClasses.with(new PlantedBug(RULES, "current == null", "true")))
                .withMessageContaining("more than once");
    }

    @Test
    void bugThatDoesNotCompileIsNoticed() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> MutatedClasses.with(new PlantedBug(RULES, "result < held) {", "rseult < held) {")))
                .withMessageContaining("rseult");
    }

    @Test
    void bugThatChangesNothingIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PlantedBug(RULES, "a", "a"));
    }
}
