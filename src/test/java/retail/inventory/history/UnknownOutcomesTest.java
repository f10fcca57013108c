package retail.inventory.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.history.Operation.Asked;
import retail.inventory.history.Outcome.Accepted;

/** Changes of which nobody knows, and keys, which tell. */
class UnknownOutcomesTest {

    private final History history = new History();
    private long sequence;

    @Test
    void unknownChangeMayHaveBeenMadeOrNot() {
        accepted(5, null, 0, 1, 1, 5);
        unknown(-2, null, 2);
        unknown(-3, null, 3);
        accepted(-1, null, 4, 5, 3, 2);

        Verdict verdict = history.check();

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.unknown()).isEqualTo(2);
        assertThat(verdict.found()).isEqualTo(1);
    }

    @Test
    void unknownChangeOfAnotherAmountDoesNotHelp() {
        accepted(5, null, 0, 1, 1, 5);
        unknown(-1, null, 2);
        accepted(-1, null, 4, 5, 3, 2);
        assertThat(violations())
                .contains("1 versions of A between State[version=1, qty=5] and State[version=2, qty=3]");
    }

    @Test
    void unknownChangeOfAnotherSkuDoesNotHelp() {
        accepted(5, null, 0, 1, 1, 5);
        put(new Asked("B", -2, null, null), 2);
        accepted(-1, null, 4, 5, 3, 2);
        assertThat(violations()).contains("were made by nobody");
    }

    @Test
    void unknownChangeThatBeganTooLateDoesNotHelp() {
        accepted(5, null, 0, 1, 1, 5);
        accepted(-1, null, 4, 5, 3, 2);
        unknown(-2, null, 6);
        assertThat(violations()).contains("were made by nobody");
    }

    @Test
    void unknownChangeAtAnotherVersionDoesNotHelp() {
        accepted(5, null, 0, 1, 1, 5);
        put(new Asked("A", -2, 2L, null), 2);
        accepted(-1, null, 4, 5, 3, 2);
        assertThat(violations()).contains("were made by nobody");
    }

    @Test
    void unknownChangeFillsOneGapOnly() {
        accepted(5, null, 0, 1, 1, 5);
        unknown(-1, null, 2);
        accepted(-1, null, 4, 5, 3, 3);
        accepted(-1, null, 6, 7, 5, 1);
        assertThat(violations()).contains("were made by nobody");
    }

    @Test
    void severalUnknownChangesMayFillOneGapTogether() {
        accepted(50, null, 0, 1, 1, 50);
        for (long delta = 1; delta <= 8; delta++) {
            unknown(-delta, null, 2);
        }
        accepted(-1, null, 4, 5, 5, 50 - (8 + 7 + 2) - 1);
        history.requireValid();
        accepted(-1, null, 6, 7, 9, 50 - 18 - (1 + 3 + 4) - 1);
        history.requireValid();
        accepted(-1, null, 8, 9, 12, 50 - 27 - (5 + 7) - 1);
        assertThat(violations())
                .contains("Several versions of A each were made by nobody")
                .contains("before=State[version=9, qty=23], after=State[version=11, qty=11]");
    }

    /** Of two that fit the later gap, the one that began before the earlier gap may be needed there. */
    @Test
    void laterGapLeavesTheEarlierChangeToTheEarlierGap() {
        accepted(50, null, 0, 1, 1, 50);
        unknown(3, null, 2);
        unknown(2, null, 2);
        accepted(-1, null, 4, 5, 4, 54);
        unknown(3, null, 6);
        accepted(-1, null, 8, 9, 6, 56);
        history.requireValid();
    }

    @Test
    void keyTellsWhatBecameOfAnUnknownChange() {
        accepted(5, null, 0, 1, 1, 5);
        unknown(-2, "k", 2);
        put(new Asked("A", -2, null, "k"), 6, 7, new Accepted(2, 3, "k", 2, true));
        put(new Asked("A", -1, null, null), 4, 5, new Accepted(3, 2, "later", 3, false));
        history.requireValid();
        accepted(-2, null, 8, 9, 5, -2);
        assertThat(violations()).contains("1 versions of A");
    }

    @Test
    void oneEffectHoweverOftenAKeyIsSent() {
        accepted(5, null, 0, 1, 1, 5);
        put(new Asked("A", -2, null, "k"), 2, 9, new Accepted(2, 3, "k", 2, false));
        put(new Asked("A", -2, null, "k"), 3, 8, new Accepted(2, 3, "k", 2, true));
        put(new Asked("A", -2, null, "k"), 20, 21, new Accepted(2, 3, "k", 2, true));
        put(new Asked("A", -1, null, "k"), 22, 23, new Outcome.KeyReused());
        history.requireValid();
    }

    @Test
    void secondEffectOfAKeyIsFound() {
        accepted(5, null, 0, 1, 1, 5);
        put(new Asked("A", -2, null, "k"), 2, 3, new Accepted(2, 3, "k", 2, false));
        put(new Asked("A", -2, null, "k"), 4, 5, new Accepted(3, 1, "k2", 3, false));
        assertThat(violations()).contains("A key took effect twice").contains("A key has two answers");
    }

    @Test
    void otherAnswerToAKeyIsFound() {
        put(new Asked("A", 2, null, "k"), 2, 3, new Accepted(1, 2, "k", 1, false));
        put(new Asked("A", 2, null, "k"), 4, 5, new Accepted(1, 2, "k", 9, true));
        assertThat(violations()).contains("A key has two answers");
    }

    @Test
    void keyOfTwoRequestsIsFound() {
        put(new Asked("A", 2, null, "k"), 2, 3, new Accepted(1, 2, "k", 1, false));
        put(new Asked("A", 3, null, "k"), 4, 5, new Accepted(2, 5, "k2", 2, false));
        assertThat(violations()).contains("A key was accepted for two requests");
    }

    @Test
    void repetitionOfNothingIsFound() {
        put(new Asked("A", 2, null, "k"), 2, 3, new Accepted(1, 2, "k", 1, true));
        assertThat(violations()).contains("of nothing that was sent before");
    }

    @Test
    void keySaidToBelongToNobodyIsFound() {
        put(new Asked("A", 2, null, "k"), 2, 3, new Outcome.KeyReused());
        assertThat(violations()).contains("A key is said to belong to another request, but there is none");
    }

    @Test
    void twinOfARefusedRequestMayGetItsRefusal() {
        accepted(5, null, 0, 1, 1, 5);
        put(new Asked("A", -9, null, "k"), 2, 20, new Outcome.Refused(Refusal.INSUFFICIENT_STOCK, 1, 5));
        accepted(5, null, 3, 4, 2, 10);
        put(new Asked("A", -9, null, "k"), 5, 20, new Outcome.Refused(Refusal.INSUFFICIENT_STOCK, 1, 5));
        history.requireValid();
    }

    private void accepted(long delta, @Nullable String key, long start, long end, long version, long qty) {
        sequence++;
        put(new Asked("A", delta, null, key), start, end, new Accepted(version, qty, sequence, version, false));
    }

    private void unknown(long delta, @Nullable String key, long start) {
        put(new Asked("A", delta, null, key), start);
    }

    private void put(Asked asked, long start, long end, Outcome outcome) {
        Operation operation = new Operation(() -> 0, asked, start);
        operation.ends(outcome, end);
        history.add(List.of(operation));
    }

    private void put(Asked asked, long start) {
        history.add(List.of(new Operation(() -> 0, asked, start)));
    }

    private String violations() {
        return String.join("\n", history.check().violations());
    }
}
