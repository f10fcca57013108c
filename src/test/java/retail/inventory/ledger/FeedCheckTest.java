package retail.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedCheckTest {

    private static final String AT = "2026-11-22T10:00:00.123Z";

    private final List<String> complaints = new ArrayList<>();
    private final FeedCheck check = new FeedCheck(complaints::add);

    @Test
    void findsNothingWrongWithEveryChangeOnceAndInOrder() {
        assertThat(complaintsAbout(event(1, "A", 10, 10, 1), event(2, "B", 3, 3, 1), event(3, "A", -4, 6, 2)))
                .isEmpty();
        assertThat(check.last()).isEqualTo(3);
        assertThat(check.stock()).containsEntry(new LedgerKey("eire", "A"), new Held(new Stock(6, 2), AT));
    }

    @Test
    void complainsOfGap() {
        assertThat(complaintsAbout(event(1, "A", 10, 10, 1), event(3, "B", 3, 3, 1)))
                .containsExactly("Event 3 came after 1, with a gap.");
    }

    @Test
    void complainsOfFeedThatDoesNotBeginWithTheFirst() {
        assertThat(complaintsAbout(event(2, "A", 10, 10, 1))).containsExactly("Event 2 came after 0, with a gap.");
    }

    @Test
    void complainsOfEventThatCameTwice() {
        assertThat(complaintsAbout(event(1, "A", 10, 10, 1), event(1, "A", 10, 10, 1), event(2, "A", 1, 11, 2)))
                .containsExactly("Event 1 came after 1, twice or too late.");
    }

    @Test
    void complainsOfSwappedEvents() {
        assertThat(complaintsAbout(event(1, "A", 10, 10, 1), event(3, "C", 1, 1, 1), event(2, "B", 3, 3, 1)))
                .containsExactly("Event 3 came after 1, with a gap.", "Event 2 came after 3, twice or too late.");
    }

    @Test
    void complainsOfVersionThatIsNotTheNextOfItsKey() {
        assertThat(complaintsAbout(event(1, "A", 10, 10, 1), event(2, "A", -4, 6, 3)))
                .containsExactly("Event 2 leaves eire / A with 6 at version 3, expected 6 at version 2.");
    }

    @Test
    void complainsOfQuantityThatIsNotTheOneBeforePlusTheDelta() {
        assertThat(complaintsAbout(event(1, "A", 10, 10, 1), event(2, "A", -4, 7, 2)))
                .containsExactly("Event 2 leaves eire / A with 7 at version 2, expected 6 at version 2.");
    }

    @Test
    void readsEventsBetweenCommentsAndLeavesOutWhatIsCutOff() throws IOException {
        String data = "{\"sequence\":7,\"eventId\":\"0199aa10-7c4e-7d3a-9b1f-2f6c1d0e8a47\",\"ts\":\"" + AT
                + "\",\"type\":\"RESERVE\",\"movements\":[{\"storeId\":\"eire\",\"sku\":\"M:1 x\",\"delta\":-5,"
                + "\"expectedVersion\":7,\"qty\":12,\"version\":8}]}";
        BufferedReader stream = stream(": following from 6\n\nid: 7\ndata: " + data
                + "\n\n: nothing new\n\nid: 8\ndata: " + data.replace("\"sequence\":7", "\"sequence\":8") + "\n");

        assertThat(FeedEvent.next(stream)).contains(event(7, "M:1 x", -5, 12, 8));
        assertThat(FeedEvent.next(stream)).isEqualTo(Optional.empty());
    }

    @Test
    void refusesEventWhoseIdIsNotItsSequence() {
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> FeedEvent.next(stream("id: 8\ndata: {\"sequence\":7}\n\n")))
                .withMessageContaining("'8'");
    }

    private List<String> complaintsAbout(FeedEvent... events) {
        List.of(events).forEach(check::accept);
        return complaints;
    }

    private static FeedEvent event(long sequence, String sku, long delta, long qty, long version) {
        return new FeedEvent(sequence, new LedgerKey("eire", sku), delta, new Held(new Stock(qty, version), AT));
    }

    private static BufferedReader stream(String text) {
        return new BufferedReader(new StringReader(text));
    }
}
