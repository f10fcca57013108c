package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.stock.HoldWorld.A;
import static retail.inventory.stock.HoldWorld.B;
import static retail.inventory.stock.HoldWorld.C;
import static retail.inventory.stock.HoldWorld.TTL_MS;
import static retail.inventory.stock.HoldWorld.accepted;
import static retail.inventory.stock.HoldWorld.refused;
import static retail.inventory.stock.HoldWorld.take;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Hold.State;

/** As many holds of one SKU as there may be. */
class ManyHoldsTest {

    private static final int MANY = Holds.COUNT_MAX;

    private final HoldWorld world = new HoldWorld();

    /** tigerbeetle/tigerbeetle state_machine.zig: when more ended at once than a batch takes, the rest was late. */
    @Test
    void allThatEndInTheSameMillisecondEndInIt() {
        has(A, "h", MANY, MANY);
        refused(world.at(TTL_MS - 1).place("all", take(A, MANY)), Reason.INSUFFICIENT_STOCK, "S1/A 10000/0");
        Accepted all = (Accepted) world.at(TTL_MS).place("all", take(A, MANY));
        assertThat(all.movements().get(0).lapsed())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, MANY).mapToObj(i -> "h" + i).toList());
        world.has(A, MANY, MANY, 0);
        assertThat(world.record(A).holds().size()).isEqualTo(1);
    }

    @Test
    void oneMoreIsOneTooMany() {
        has(A, "h", MANY, MANY + 5);
        refused(world.place("more", take(A, 1)), Reason.TOO_MANY_HOLDS, "S1/A 1/5");
        refused(world.place("more", take(A, 6)), Reason.INSUFFICIENT_STOCK, "S1/A 6/5");
        accepted(world.place("h7", take(A, 2)));
        accepted(world.extend("h8", TTL_MS));
        accepted(world.release("h9"));
        accepted(world.place("more", take(A, 1)));
        assertThat(world.record(A).holds().size()).isEqualTo(MANY);
    }

    /** What has ended does not count, and what comes back counts again. */
    @Test
    void oneThatHasEndedNeedsAPlaceToComeBack() {
        world.adjust(A, MANY + 1);
        accepted(world.place("early", 1, false, HoldCommand.Condition.NONE, take(A, 1)));
        world.at(1);
        for (int i = 0; i < MANY; i++) {
            accepted(world.place("h" + i, take(A, 1)));
        }
        refused(world.extend("early", TTL_MS), Reason.TOO_MANY_HOLDS, "S1/A 1/1");
        refused(world.place("early", take(A, 1)), Reason.TOO_MANY_HOLDS, "S1/A 1/1");
        assertThat(accepted(world.confirm("early")).late()).isTrue();
        world.has(A, MANY, MANY, 0);
    }

    /** The line of an event has an end; whatever ended is written down one by one meanwhile, whoever asks. */
    @Test
    void anEventDropsNoMoreThanItsLineCanName() {
        has(A, "a", MANY / 2, MANY);
        has(B, "b", MANY / 2, MANY);
        has(C, "c", 1, MANY);
        accepted(world.place("h", 1, false, HoldCommand.Condition.NONE, take(A, 1), take(B, 1)));
        world.at(TTL_MS);
        Line[] all = {take(A, MANY), take(B, MANY), take(C, MANY)};
        refused(world.place("all", all), Reason.TOO_MANY_ENDED, "S1/A 0/10000", "S1/B 0/10000", "S2/A 0/10000");
        refused(world.reserveAll(take(A, 1), take(B, 2)), Reason.TOO_MANY_ENDED, "S1/A 1/10000", "S1/B 2/10000");
        assertThat(world.holds).doesNotContainKey("all");

        List<String> lapsed = new ArrayList<>();
        for (String id : List.of("h", "c0")) {
            Accepted expired = (Accepted) world.expire(id);
            lapsed.addAll(expired.movements().get(0).lapsed());
        }
        assertThat(lapsed).isEmpty();
        Accepted granted = (Accepted) world.place("all", all);
        assertThat(IntStream.range(0, 3)
                        .map(i -> granted.movements().get(i).lapsed().size())
                        .sum())
                .isEqualTo(HoldChange.LAPSED_MAX);
        assertThat(world.state("all")).isEqualTo(State.HELD);
    }

    private void has(StockKey key, String prefix, int holds, long qty) {
        world.adjust(key, qty);
        for (int i = 0; i < holds; i++) {
            accepted(world.place(prefix + i, take(key, 1)));
        }
    }
}
