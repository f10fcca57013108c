package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.service.HoldPath.OTHER;
import static retail.inventory.service.HoldPath.TTL;
import static retail.inventory.service.HoldPath.line;
import static retail.inventory.service.WritePath.KEY;
import static retail.inventory.service.WritePath.accepted;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.stock.Hold;

/** Ends are written down, and what is over for long is forgotten. */
class HoldSweeperTest {

    private final HoldPath holds = new HoldPath();
    private final WritePath path = holds.path;
    private final HoldSweeper sweeper =
            new HoldSweeper(path.service, path.table.holds(), () -> true, Duration.ofHours(24));

    @Test
    void sweeperWritesTheEndDownOnceForAllItsSkus() throws Exception {
        holds.stocked();
        holds.placed("cart", line(KEY, 10), line(OTHER, 1));
        holds.placed("other", line(OTHER, 2));
        sweeper.pass();
        assertThat(sweeper.expired()).isZero();
        path.clock.passes(TTL);
        sweeps(2);
        assertThat(sweeper.expired()).isEqualTo(2);
        assertThat(holds.events()).extracting(Event::type).endsWith(Event.EXPIRE, Event.EXPIRE);
        assertThat(holds.record(OTHER).holds().isEmpty()).isTrue();
        assertThat(path.table.holds().open()).isZero();
        sweeper.pass();
        assertThat(sweeper.expired()).isEqualTo(2);
    }

    @Test
    void sweeperSaysWhyItCannotAndTriesAgain() throws Exception {
        holds.stocked();
        holds.placed("cart", line(KEY, 10));
        path.clock.passes(TTL);
        path.log.refuses(new LogUnavailableException(LogUnavailableException.Cause.FULL, "no room"));
        sweeper.pass();
        assertThat(sweeper.problem()).contains("no room");
        path.log.worksAgain();
        sweeps(1);
        assertThat(sweeper.problem()).isEmpty();
        assertThat(sweeper.expired()).isEqualTo(1);
    }

    /** They have not ended then, and a pass must not wait until they have. */
    @Test
    @Timeout(60)
    void aClockThatGoesBackEndsThePass() throws Exception {
        holds.stocked();
        holds.placed("cart", line(KEY, 10));
        path.clock.passes(TTL);
        HoldSweeper late = new HoldSweeper(
                path.service,
                path.table.holds(),
                () -> {
                    path.clock.leaps(TTL.negated());
                    return true;
                },
                Duration.ofHours(24));
        late.pass();
        assertThat(late.expired()).isZero();
        assertThat(holds.state("cart")).isEqualTo(Hold.State.HELD);
        path.clock.leaps(TTL);
        sweeps(1);
        assertThat(sweeper.expired()).isEqualTo(1);
    }

    @Test
    void whatIsOverIsForgottenADayLaterAndItsIdIsFree() throws Exception {
        holds.stocked();
        holds.placed("cart", line(KEY, 2));
        accepted(holds.now(holds.release("cart")));
        path.clock.passes(Duration.ofHours(24));
        sweeper.pass();
        assertThat(holds.state("cart")).isEqualTo(Hold.State.RELEASED);
        path.clock.passes(Duration.ofMillis(1));
        sweeper.pass();
        assertThat(path.service.hold("cart")).isNull();
        assertThat(path.table.holds().size()).isZero();
        assertThat(holds.placed("cart", line(KEY, 1)).version()).isEqualTo(1);
    }

    private void sweeps(int ends) throws Exception {
        Call<Boolean> pass = Call.of(() -> {
            sweeper.pass();
            return true;
        });
        path.log.makesDurable(ends);
        assertThat(pass.answer()).isTrue();
    }
}
