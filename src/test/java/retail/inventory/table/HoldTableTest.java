package retail.inventory.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Hold.State;

/** Which of two states of a hold stays. */
class HoldTableTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

    private final HoldTable table = new HoldTable(Long.MAX_VALUE);

    private static Hold hold(Instant placed, long version, State state) {
        return new Hold("h", version, state, placed, HeldUnits.NO_END, null, List.of(), placed, false);
    }

    @Test
    void eventThatItHasAlreadyChangesNothing() {
        table.advance(hold(AT, 1, State.HELD));
        table.advance(hold(AT, 2, State.CONFIRMED));
        table.advance(hold(AT, 1, State.HELD));
        assertThat(now()).isEqualTo(hold(AT, 2, State.CONFIRMED));
    }

    @Test
    void anotherHoldWithTheIdOfAForgottenOneIsLaterAlsoWhenTheClockHasGoneBack() {
        table.advance(hold(AT, 1, State.HELD));
        table.advance(hold(AT, 2, State.CONFIRMED));
        Instant anHourBack = AT.minusSeconds(3600);
        table.advance(hold(anHourBack, 1, State.HELD));
        assertThat(now()).isEqualTo(hold(anHourBack, 1, State.HELD));
        assertThat(table.open()).isEqualTo(1);
    }

    @Test
    void holdThatWasTakenAMomentAgoIsRememberedHoweverLongItHadBeenOver() {
        Instant aMonthLater = AT.plus(Duration.ofDays(30));
        table.advance(ended());
        table.tidied("h", aMonthLater);
        Hold sold = new Hold("h", 2, State.CONFIRMED, AT, AT.toEpochMilli() + 1, null, List.of(), aMonthLater, true);
        table.advance(sold);
        table.tidied("h", aMonthLater);
        table.forget("h", aMonthLater, DAY);
        table.forgetOver(aMonthLater, DAY, 10);
        assertThat(now()).isEqualTo(sold);
        table.forgetOver(aMonthLater.plus(DAY).plusMillis(1), DAY, 10);
        assertThat(table.find("h")).isNull();
    }

    private static Hold ended() {
        return new Hold("h", 1, State.HELD, AT, AT.toEpochMilli() + 1, null, List.of(), AT, false);
    }

    private Hold now() {
        return requireNonNull(requireNonNull(table.find("h")).durable());
    }
}
