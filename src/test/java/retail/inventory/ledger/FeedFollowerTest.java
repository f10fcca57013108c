package retail.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import retail.inventory.ledger.FakeEvents.Fault;

class FeedFollowerTest {

    private static final int EVENTS = 100;

    @Test
    void goesOnAfterTheLastEventWhoeverCutTheConnection() throws IOException, InterruptedException {
        FeedFollower follower = followed(Fault.NONE, 14);

        assertThat(follower.position()).isEqualTo(EVENTS);
        assertThat(follower.check().complaints().first()).isEmpty();
        assertThat(follower.cutsByItself() + follower.cutsByKills()).isGreaterThanOrEqualTo(EVENTS / 7);
        assertThat(follower.cutsOtherwise()).isZero();
    }

    @Test
    void countsItsOwnCuts() throws IOException, InterruptedException {
        FeedFollower follower = followed(Fault.NONE, 1);

        assertThat(follower.cutsByItself()).isEqualTo(EVENTS - 1);
        assertThat(follower.cutsByKills()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAVES_ONE_OUT", "REPEATS_ONE"})
    void complainsOfFeedThatDoesNotGoOnAfterTheLastEvent(Fault fault) throws IOException, InterruptedException {
        assertThat(followed(fault, 14).check().complaints().count()).isPositive();
    }

    @Test
    void stopsAtAnswerThatNoFollowerMayCause() {
        assertThatExceptionOfType(ReplayException.class)
                .isThrownBy(() -> followed(Fault.BREAKS, 14))
                .withMessageContaining("answered by 500");
    }

    private static FeedFollower followed(Fault fault, long eventsPerConnectionMax)
            throws IOException, InterruptedException {
        try (FakeEvents events = new FakeEvents(EVENTS, fault)) {
            FeedFollower follower = new FeedFollower(events::source, EVENTS, eventsPerConnectionMax);
            follower.run();
            return follower;
        }
    }
}
