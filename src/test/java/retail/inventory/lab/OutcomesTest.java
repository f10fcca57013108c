package retail.inventory.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    /** As exact as the histograms are. */
    private static final Percentage A_THOUSANDTH = Percentage.withPercentage(0.1);

    private final Outcomes outcomes = new Outcomes(0, Duration.ofSeconds(2));

    @Test
    void countsLatencyFromWhenARequestWasDueNotFromWhenItWasSent() {
        add(Outcome.ACCEPTED, 0, 300, 310);
        assertThat(outcomes.millisAt(99, Outcome.ACCEPTED).orElseThrow()).isCloseTo(310, A_THOUSANDTH);
        assertThat(outcomes.millisAt(99, Outcome.REJECTED)).isEmpty();
    }

    @Test
    void tellsWaitingForAConnectionFromAGeneratorThatIsBehind() {
        outcomes.add(Outcome.ACCEPTED, nanos(0), nanos(0), nanos(3), nanos(4));
        assertThat(outcomes.waited()).isZero();
        outcomes.add(Outcome.ACCEPTED, nanos(0), nanos(100), nanos(102), nanos(110));
        assertThat(outcomes.waited()).isEqualTo(1);
        assertThat(outcomes.behindMillisAt(50).orElseThrow()).isCloseTo(2, A_THOUSANDTH);
        assertThat(outcomes.behindMillisAt(99).orElseThrow()).isCloseTo(3, A_THOUSANDTH);
    }

    @Test
    void countsAsThroughputOnlyWhatWasAnsweredInTime() {
        add(Outcome.ACCEPTED, 0, 0, 1999);
        add(Outcome.ACCEPTED, 100, 100, 2000);
        assertThat(outcomes.perSecond(Outcome.ACCEPTED)).isEqualTo(0.5);
        assertThat(outcomes.count(Outcome.ACCEPTED)).isEqualTo(2);
    }

    @Test
    void whatWasNotSentWasPlannedButNotOffered() {
        add(Outcome.ACCEPTED, 0, 0, 1);
        add(Outcome.UNSENT, 1999, 2000, 2000);
        assertThat(outcomes.plannedPerSecond()).isEqualTo(1);
        assertThat(outcomes.sentPerSecond()).isEqualTo(0.5);
        assertThat(outcomes.behindMillisAt(99).orElseThrow()).isCloseTo(0, A_THOUSANDTH);
    }

    @Test
    void sortsRequestsIntoSecondsByWhenTheyWereDue() {
        add(Outcome.ACCEPTED, 0, 0, 1500);
        add(Outcome.ACCEPTED, 1000, 1000, 1002);
        add(Outcome.REJECTED, 999, 999, 1001);
        assertThat(outcomes.seconds())
                .isEqualTo(List.of(
                        new Outcomes.Second(1, OptionalDouble.of(1500.159)),
                        new Outcomes.Second(0, OptionalDouble.of(2))));
    }

    @Test
    void holdsMoreThanItBeganWith() {
        for (int i = 0; i < 5000; i++) {
            add(i % 2 == 0 ? Outcome.ACCEPTED : Outcome.REJECTED, 0, 0, 5000 - i);
        }
        assertThat(outcomes.millisAt(100, Outcome.ACCEPTED).orElseThrow()).isCloseTo(5000, A_THOUSANDTH);
        assertThat(outcomes.millisAt(100, Outcome.REJECTED).orElseThrow()).isCloseTo(4999, A_THOUSANDTH);
        assertThat(outcomes.count(Outcome.REJECTED)).isEqualTo(2500);
    }

    private void add(Outcome outcome, long dueMillis, long sentMillis, long settledMillis) {
        outcomes.add(outcome, nanos(dueMillis), nanos(dueMillis), nanos(sentMillis), nanos(settledMillis));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
