package retail.inventory.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retail.inventory.history.Facts.Done;
import retail.inventory.history.Facts.State;

/** What was shown late, by the central view or the feed, is held against all else; and what follows from a history for the log. */
class SightingsTest {

    private static final String SKU = "S1/A";

    private final History history = new History();

    @BeforeEach
    void deliverTwice() {
        history.changes(SKU, 5, null, "key").accepted(1, 5, "e7", 7, false);
        history.changes(SKU, 2, null, null).accepted(2, 7, "e8", 8, false);
    }

    @Test
    void theTruthContradictsNothingHoweverLateItIsShown() {
        history.saw(SKU, 1, 5);
        history.saw(SKU, 2, 7);
        history.saw("S2/A", 0, 0);
        history.sawEvent(7, "e7");
        history.requireValid();
    }

    @Test
    void aVersionHasOneContent() {
        history.saw(SKU, 1, 4);
        assertThat(history.check().violations()).anyMatch(each -> each.startsWith("At version 1 there were 5"));
    }

    @Test
    void aVersionThatNobodyReadHasOneContentToo() {
        history.saw("S2/B", 3, 4);
        history.saw("S2/B", 3, 5);
        assertThat(history.check().violations()).anyMatch(each -> each.contains("was shown, then"));
    }

    @Test
    void nobodySeesAVersionThatNobodyMade() {
        history.saw(SKU, 3, 9);
        assertThat(history.check().violations()).anyMatch(each -> each.contains("were made by nobody"));
    }

    @Test
    void aVersionThatWasSeenIsStillThereWhenOneAsks() {
        history.reads(SKU).shown(1, 5);
        assertThat(history.check().violations()).isNotEmpty();
    }

    @Test
    void aPlaceInTheLogHasOneEvent() {
        history.sawEvent(7, "e9");
        assertThat(history.check().violations()).anyMatch(each -> each.startsWith("Another event was shown"));
        history.sawEvent(9, "e9");
        history.sawEvent(9, "e10");
        assertThat(history.check().violations()).contains("Event 9 was e9, then e10");
    }

    @Test
    void theLogHasWhatWasAcknowledgedAndShown() {
        history.saw("S2/A", 4, 40);
        history.sawEvent(6, "e6");
        history.sawDurable(12);
        history.changes(SKU, -9, null, null).refused(Refusal.INSUFFICIENT_STOCK, 2, 7);
        Facts facts = history.facts();
        assertThat(facts.acknowledged())
                .extracting(Facts.Change::done)
                .containsExactly(new Done(1, 5, "e7", 7), new Done(2, 7, "e8", 8));
        assertThat(facts.quantities())
                .containsEntry(new State(SKU, 1), 5L)
                .containsEntry(new State(SKU, 2), 7L)
                .containsEntry(new State("S2/A", 4), 40L)
                .hasSize(3);
        assertThat(facts.events())
                .containsEntry(6L, "e6")
                .containsEntry(7L, "e7")
                .containsEntry(8L, "e8")
                .hasSize(3);
        assertThat(facts.durable()).isEqualTo(12);
    }

    @Test
    void theLogMayHaveWhatNobodyKnowsAndNoMoreThanOnce() {
        Operation _ = history.changes(SKU, 1, null, null);
        Operation _ = history.changes(SKU, 3, null, "settled");
        Operation _ = history.changes(SKU, 4, null, "open");
        Operation _ = history.changes(SKU, 4, null, "open");
        Operation _ = history.reads(SKU);
        history.changes(SKU, 3, null, "settled").accepted(3, 10, "e9", 9, true);
        Facts facts = history.facts();
        assertThat(facts.unknown()).extracting(Facts.Change::key).containsExactlyInAnyOrder(null, "open");
        assertThat(facts.acknowledged()).hasSize(3);
    }
}
