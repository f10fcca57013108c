package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.stock.HoldWorld.A;
import static retail.inventory.stock.HoldWorld.TTL_MS;
import static retail.inventory.stock.HoldWorld.accepted;
import static retail.inventory.stock.HoldWorld.take;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Already;
import retail.inventory.stock.Decision.Rejected;

/** What becomes of a hold by each wish, wherever it stands: every cell of the table. */
class HoldMatrixTest {

    private static final long LATER_MS = TTL_MS + 1;

    /** Where a hold may stand. */
    enum Before {
        UNKNOWN,
        LIVE,
        EXPIRED_THERE,
        EXPIRED_SHORT,
        WRITTEN_THERE,
        WRITTEN_SHORT,
        CONFIRMED,
        RELEASED
    }

    /** What may be wanted of it. */
    enum Wish {
        PLACE,
        EXTEND,
        CONFIRM,
        RELEASE,
        EXPIRE
    }

    /** The last two lines of each are the same as the two before: whether the lapse is written makes no difference. */
    @ParameterizedTest
    @CsvSource({
        "UNKNOWN,       PLACE,   HELD",
        "UNKNOWN,       EXTEND,  UNKNOWN_HOLD",
        "UNKNOWN,       CONFIRM, UNKNOWN_HOLD",
        "UNKNOWN,       RELEASE, UNKNOWN_HOLD",
        "UNKNOWN,       EXPIRE,  UNKNOWN_HOLD",
        "LIVE,          PLACE,   HELD",
        "LIVE,          EXTEND,  HELD",
        "LIVE,          CONFIRM, CONFIRMED",
        "LIVE,          RELEASE, RELEASED",
        "LIVE,          EXPIRE,  ALREADY",
        "EXPIRED_THERE, PLACE,   HELD",
        "EXPIRED_THERE, EXTEND,  HELD",
        "EXPIRED_THERE, CONFIRM, LATE",
        "EXPIRED_THERE, RELEASE, RELEASED",
        "EXPIRED_THERE, EXPIRE,  EXPIRED",
        "WRITTEN_THERE, PLACE,   HELD",
        "WRITTEN_THERE, EXTEND,  HELD",
        "WRITTEN_THERE, CONFIRM, LATE",
        "WRITTEN_THERE, RELEASE, RELEASED",
        "WRITTEN_THERE, EXPIRE,  ALREADY",
        "EXPIRED_SHORT, PLACE,   INSUFFICIENT_STOCK",
        "EXPIRED_SHORT, EXTEND,  HOLD_EXPIRED",
        "EXPIRED_SHORT, CONFIRM, HOLD_EXPIRED",
        "EXPIRED_SHORT, RELEASE, RELEASED",
        "EXPIRED_SHORT, EXPIRE,  ALREADY",
        "WRITTEN_SHORT, PLACE,   INSUFFICIENT_STOCK",
        "WRITTEN_SHORT, EXTEND,  HOLD_EXPIRED",
        "WRITTEN_SHORT, CONFIRM, HOLD_EXPIRED",
        "WRITTEN_SHORT, RELEASE, RELEASED",
        "WRITTEN_SHORT, EXPIRE,  ALREADY",
        "CONFIRMED,     PLACE,   HOLD_CLOSED",
        "CONFIRMED,     EXTEND,  HOLD_CLOSED",
        "CONFIRMED,     CONFIRM, ALREADY",
        "CONFIRMED,     RELEASE, HOLD_CLOSED",
        "CONFIRMED,     EXPIRE,  ALREADY",
        "RELEASED,      PLACE,   HOLD_CLOSED",
        "RELEASED,      EXTEND,  HOLD_CLOSED",
        "RELEASED,      CONFIRM, HOLD_CLOSED",
        "RELEASED,      RELEASE, ALREADY",
        "RELEASED,      EXPIRE,  ALREADY"
    })
    void wishes(Before before, Wish wish, String then) {
        HoldWorld world = world(before);
        Hold was = world.holds.get("h");
        Decision decision = wished(world, wish);
        assertThat(outcome(decision)).isEqualTo(then);
        if (decision instanceof Accepted accepted) {
            assertThat(accepted(decision).version()).isEqualTo(was == null ? 1 : was.version() + 1);
            assertThat(accepted(decision).placed()).isEqualTo(was == null ? world.now() : was.placed());
            assertThat(accepted.movements().get(0).delta()).isEqualTo(wish == Wish.CONFIRM ? -4 : 0);
        }
        if (decision instanceof Rejected rejected && before.name().endsWith("SHORT")) {
            HoldWorld.refused(decision, rejected.reason(), "S1/A 4/3");
        }
    }

    private static String outcome(Decision decision) {
        return switch (decision) {
            case Accepted accepted ->
                accepted(decision).late()
                        ? "LATE"
                        : accepted(decision).recorded().name();
            case Already already -> "ALREADY";
            case Rejected rejected -> rejected.reason().name();
        };
    }

    private static HoldWorld world(Before before) {
        HoldWorld world = HoldWorld.with(A, 5);
        if (before != Before.UNKNOWN) {
            accepted(world.place("h", take(A, 4)));
        }
        switch (before) {
            case UNKNOWN, LIVE -> world.at(TTL_MS - 1);
            case EXPIRED_THERE -> world.at(TTL_MS);
            case WRITTEN_THERE -> accepted(world.at(TTL_MS).expire("h"));
            case EXPIRED_SHORT -> accepted(world.at(TTL_MS).place("other", take(A, 2)));
            case WRITTEN_SHORT -> {
                accepted(world.at(TTL_MS).expire("h"));
                accepted(world.at(LATER_MS).place("other", take(A, 2)));
            }
            case CONFIRMED -> {
                accepted(world.confirm("h"));
                world.adjust(A, 4);
                world.at(LATER_MS);
            }
            case RELEASED -> {
                accepted(world.release("h"));
                world.at(LATER_MS);
            }
        }
        return world;
    }

    private static Decision wished(HoldWorld world, Wish wish) {
        return switch (wish) {
            case PLACE -> world.place("h", take(A, 4));
            case EXTEND -> world.extend("h", TTL_MS);
            case CONFIRM -> world.confirm("h");
            case RELEASE -> world.release("h");
            case EXPIRE -> world.expire("h");
        };
    }
}
