package retail.inventory.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.history.Operation.Asked;
import retail.inventory.history.Outcome.Accepted;
import retail.inventory.history.Outcome.Refused;
import retail.inventory.history.Outcome.Shown;

/** Histories of one SKU, with the times at which each operation began and ended. */
class HistoryTest {

    private final History history = new History();
    private long sequence;

    @Test
    void changesAndReadsInTurnAreFine() {
        read(0, 1, 0, 0);
        refused(-1, 2, 3, Refusal.UNKNOWN_SKU, 0, 0);
        accepted(10, 4, 5, 1, 10);
        read(6, 7, 1, 10);
        accepted(-3, 8, 9, 2, 7);
        refused(-8, 10, 11, Refusal.INSUFFICIENT_STOCK, 2, 7);
        read(12, 13, 2, 7);

        Verdict verdict = history.check();

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict)
                .hasToString("7 operations: 2 changes made, 2 refused, 3 reads, 0 with unknown outcome of"
                        + " which 0 show; 0 violations");
    }

    @Test
    void whatOverlapsMayHaveHappenedInAnyOrder() {
        accepted(10, 0, 20, 1, 10);
        accepted(5, 1, 19, 3, 14);
        accepted(-1, 2, 18, 2, 9);
        read(3, 17, 3, 14);
        read(4, 16, 0, 0);
        history.requireValid();
    }

    @Test
    void twoSalesOfTheSamePieceAreFound() {
        accepted(1, 0, 1, 1, 1);
        accepted(-1, 2, 9, 2, 0);
        accepted(-1, 3, 8, 2, 0);
        finds("Two changes made version 2");
    }

    @Test
    void lossOfAnAcknowledgedChangeIsFound() {
        accepted(5, 0, 1, 1, 5);
        accepted(-1, 2, 3, 3, 3);
        finds("were made by nobody");
    }

    @Test
    void balanceThatDoesNotComeOutIsFound() {
        accepted(5, 0, 1, 1, 5);
        accepted(-1, 2, 3, 2, 3);
        finds("At version 1 there were");
    }

    @Test
    void readOfAQuantityThatNeverWasIsFound() {
        accepted(5, 0, 1, 1, 5);
        read(2, 3, 1, 4);
        finds("At version 1 there were 5 and there were 4");
    }

    @Test
    void lessThanNothingIsFound() {
        accepted(1, 0, 1, 1, 1);
        accepted(-3, 2, 3, 2, -2);
        finds("There were less than none: -2");
    }

    @Test
    void creationOutOfNothingIsFound() {
        read(0, 1, 1, 5);
        finds("were made by nobody");
    }

    @Test
    void laterChangeWithAnEarlierVersionIsFound() {
        accepted(5, 0, 9, 2, 10);
        accepted(5, 10, 11, 1, 5);
        finds("The first began after the second had ended, and is before it in versions");
    }

    @Test
    void readOfWhatIsNoLongerThereIsFound() {
        accepted(5, 0, 1, 1, 5);
        accepted(5, 2, 3, 2, 10);
        read(4, 5, 1, 5);
        finds("[read A, began at 0 µs", "and is before it in versions");
    }

    @Test
    void readsThatGoBackInTimeAreFound() {
        accepted(5, 0, 1, 1, 5);
        accepted(5, 2, 99, 2, 10);
        read(3, 4, 2, 10);
        read(5, 6, 1, 5);
        finds("and is before it in versions");
    }

    @Test
    void readOfWhatIsNotThereYetIsFound() {
        read(0, 1, 1, 5);
        accepted(5, 2, 3, 1, 5);
        finds("and is before it in versions");
    }

    @Test
    void refusalByAnOldStateIsFound() {
        accepted(5, 0, 1, 1, 5);
        accepted(5, 2, 3, 2, 10);
        refused(-6, 4, 5, Refusal.INSUFFICIENT_STOCK, 1, 5);
        finds("and is before it in versions");
    }

    @Test
    void absenceAfterCreationIsFound() {
        accepted(5, 0, 1, 1, 5);
        refused(-1, 2, 3, Refusal.UNKNOWN_SKU, 0, 0);
        finds("and is before it in versions");
    }

    @Test
    void refusalWithoutReasonIsFound() {
        accepted(5, 0, 1, 1, 5);
        refused(-5, 2, 3, Refusal.INSUFFICIENT_STOCK, 1, 5);
        refused(-5, 2, 3, Refusal.UNKNOWN_SKU, 1, 5);
        refused(-5, 2, 3, Refusal.ABOVE_MAXIMUM, 1, 5);
        refused(-6, 2, 3, Refusal.VERSION_CONFLICT, 1, 5);
        assertThat(history.check().violations())
                .hasSize(4)
                .allMatch(one -> one.startsWith("A change was refused without reason"));
    }

    @Test
    void conflictWithTheVersionThatIsThereIsFound() {
        accepted(5, 0, 1, 1, 5);
        put(new Asked("A", -1, 1L, null), 2, 3, new Refused(Refusal.VERSION_CONFLICT, 1, 5));
        finds("A change was refused without reason");
    }

    @Test
    void changeAtAnotherVersionThanItExpectedIsFound() {
        accepted(5, 0, 1, 1, 5);
        put(new Asked("A", 1, 7L, null), 2, 3, new Accepted(2, 6, "id", 99, false));
        finds("A change was made at another version than it expected");
    }

    @Test
    void stateAtTheBeginningCounts() {
        history.given("A", 7, 3);
        accepted(-3, 0, 1, 8, 0);
        refused(-1, 2, 3, Refusal.INSUFFICIENT_STOCK, 8, 0);
        history.requireValid();
        read(4, 5, 6, 3);
        finds("although the SKU began with a later");
    }

    @Test
    void placesInTheLogAreUniqueAndInTheOrderOfTime() {
        put(new Asked("A", 1, null, null), 0, 1, new Accepted(1, 1, "a", 5, false));
        put(new Asked("B", 1, null, null), 2, 3, new Accepted(1, 1, "b", 5, false));
        put(new Asked("C", 1, null, null), 4, 5, new Accepted(1, 1, "b", 4, false));
        assertThat(String.join("\n", history.check().violations()))
                .contains("Two changes have the same place in the log")
                .contains("Two changes have the same event id")
                .contains("and is before it in the log");
    }

    @Test
    void operationEndsOnce() {
        Operation operation = history.reads("A");
        operation.absent();
        assertThatExceptionOfType(AssertionError.class).isThrownBy(operation::absent);
        assertThatIllegalArgumentException().isThrownBy(() -> history.changes("A", 0, null, null));
        assertThat(history.size()).isEqualTo(1);
    }

    private void accepted(long delta, long start, long end, long version, long qty) {
        sequence++;
        put(new Asked("A", delta, null, null), start, end, new Accepted(version, qty, "id" + sequence, version, false));
    }

    private void refused(long delta, long start, long end, Refusal why, long version, long qty) {
        put(new Asked("A", delta, null, null), start, end, new Refused(why, version, qty));
    }

    private void read(long start, long end, long version, long qty) {
        put(new Asked("A", 0, null, null), start, end, new Shown(version, qty));
    }

    private void put(Asked asked, long start, long end, Outcome outcome) {
        Operation operation = new Operation(() -> 0, asked, start);
        operation.ends(outcome, end);
        history.add(List.of(operation));
    }

    private void finds(String... words) {
        Verdict verdict = history.check();
        assertThat(new ArrayList<>(verdict.violations())).isNotEmpty();
        assertThat(verdict.toString()).contains(words);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(history::requireValid)
                .withMessage(verdict.toString());
    }
}
