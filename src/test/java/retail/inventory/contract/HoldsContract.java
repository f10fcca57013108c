package retail.inventory.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import retail.inventory.service.Answer;
import retail.inventory.service.Answer.Accepted;
import retail.inventory.service.Answer.Already;
import retail.inventory.service.Answer.KeyReused;
import retail.inventory.service.Answer.Refused;
import retail.inventory.service.HoldNow;
import retail.inventory.service.HoldWish;
import retail.inventory.service.Stock;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldCommand.ConfirmHold;
import retail.inventory.stock.HoldCommand.ExtendHold;
import retail.inventory.stock.HoldCommand.OnlyOwn;
import retail.inventory.stock.HoldCommand.PlaceHold;
import retail.inventory.stock.HoldCommand.ReleaseHold;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.Line;
import retail.inventory.stock.StockKey;

/** What any form of {@link Stock} does with holds; the rest is in {@link SeveralSkusContract} and {@link StockContract}. */
abstract class HoldsContract extends SeveralSkusContract {

    private static final StockKey OTHER = new StockKey("S2", "A");
    private static final int ROUNDS = 15;
    private static final long TEN_MINUTES = Duration.ofMinutes(10).toMillis();

    @Test
    void holdIsTheSameFromPlacingToItsSaleWhereverItIsAskedFor() {
        stocked(10, 4);
        Hold placed = hold(accepted(place("cart", "first", KEY, 3, OTHER, 4)));
        for (int node = 0; node < nodes(); node++) {
            assertThat(stock().hold("cart")).isEqualTo(new HoldNow(placed, Hold.State.HELD));
            assertThat(available(KEY)).isEqualTo(7);
            assertThat(available(OTHER)).isZero();
            assertThat(refused(stock().reserve(OTHER, 1, null, Cause.NONE, null))
                            .reason())
                    .isEqualTo(Reason.INSUFFICIENT_STOCK);
        }
        assertThat(((Accepted) place("cart", "first", KEY, 3, OTHER, 4)).replayed())
                .isTrue();
        assertThat(place("cart", "first", KEY, 4)).isInstanceOf(KeyReused.class);
        assertThat(hold(accepted(extend("cart"))).version()).isEqualTo(2);
        Hold part = hold(accepted(confirm("cart", "part", KEY, 2)));
        assertThat(part.recorded()).isEqualTo(Hold.State.HELD);
        Hold sold = hold(accepted(confirm("cart", null)));
        assertThat(sold.recorded()).isEqualTo(Hold.State.CONFIRMED);
        assertThat(hold((Accepted) confirm("cart", "part", KEY, 2))).isEqualTo(part);
        for (int node = 0; node < nodes(); node++) {
            assertThat(((Already) confirm("cart", null)).hold()).isEqualTo(sold);
            assertThat(refused(release("cart")).reason()).isEqualTo(Reason.HOLD_CLOSED);
            assertThat(record(KEY).qty()).isEqualTo(7);
            assertThat(record(OTHER).qty()).isZero();
            assertThat(available(KEY)).isEqualTo(7);
        }
    }

    @Test
    void lastUnitIsHeldOnceByManyAtOnce() throws Exception {
        stocked(5, 5);
        List<Answer> answers = atOnce(30, client -> place("cart-" + client, null, OTHER, 1, KEY, 1));
        assertThat(all(answers, Accepted.class)).hasSize(5);
        assertThat(all(answers, Refused.class)).hasSize(25);
        assertThat(available(KEY)).isZero();
        assertThat(record(KEY).held(stock().now())).isEqualTo(5);
        List<Answer> ends =
                atOnce(30, client -> client % 2 == 0 ? confirm("cart-" + client, null) : release("cart-" + client));
        long sold = all(ends, Accepted.class).stream()
                .filter(one -> hold(one).recorded() == Hold.State.CONFIRMED)
                .count();
        assertThat(all(ends, Accepted.class)).hasSize(5);
        assertThat(record(KEY).qty()).isEqualTo(5 - sold);
        assertThat(record(OTHER).qty()).isEqualTo(5 - sold);
        assertThat(available(KEY)).isEqualTo(5 - sold);
    }

    @Test
    void oneHoldIsChangedByManyAtOnceAndEachSeesTheOneBefore() throws Exception {
        stocked(100, 100);
        List<Answer> answers = atOnce(20, client -> place("cart", null, client % 2 == 0 ? KEY : OTHER, 1 + client));
        assertThat(all(answers, Accepted.class).stream().map(one -> hold(one).version()))
                .hasSize(20)
                .doesNotHaveDuplicates();
        Hold last = requireNonNull(stock().hold("cart")).hold();
        assertThat(last.version()).isEqualTo(20);
        assertThat(last.lines()).hasSize(1);
        assertThat(available(KEY) + available(OTHER))
                .isEqualTo(200 - last.lines().getFirst().qty());
    }

    @Test
    void idBelongsToWhoeverTakesItFirstHoweverManyTryAtOnce() throws Exception {
        stocked(100, 100);
        List<Answer> answers = atOnce(20, client -> {
            StockKey own = client % 2 == 0 ? KEY : OTHER;
            return ofOwn(own, new PlaceWish("cart", lines(own, 1 + client)));
        });
        Hold hold = requireNonNull(stock().hold("cart")).hold();
        StockKey winner = hold.lines().getFirst().key();
        assertThat(all(answers, Accepted.class))
                .hasSize(10)
                .allSatisfy(
                        one -> assertThat(hold(one).lines().getFirst().key()).isEqualTo(winner));
        assertThat(all(answers, Refused.class))
                .hasSize(10)
                .allSatisfy(one -> assertThat(one.rejection().reason()).isEqualTo(Reason.HOLD_OF_OTHERS));
        StockKey loser = winner.equals(KEY) ? OTHER : KEY;
        Answer ended = ofOwn(loser, (event, at, told) -> new ReleaseHold("cart", null, event, at, told));
        assertThat(refused(ended).reason()).isEqualTo(Reason.HOLD_OF_OTHERS);
        assertThat(requireNonNull(stock().hold("cart")).hold()).isEqualTo(hold);
        assertThat(available(loser)).isEqualTo(100);
    }

    private record PlaceWish(String id, List<Line> lines) implements HoldWish {
        @Override
        public HoldCommand command(UUID event, Instant at, Cause told) {
            return new PlaceHold(id, lines, TEN_MINUTES, false, Condition.NONE, event, at, told);
        }
    }

    /** What somebody wishes who may change holds of one SKU only. */
    private Answer ofOwn(StockKey own, HoldWish wish) {
        Predicate<Hold> isOwn =
                hold -> hold.lines().stream().allMatch(line -> line.key().equals(own));
        return stock().changeHold(
                        (event, at, told) -> new OnlyOwn(wish.command(event, at, told), isOwn), Cause.NONE, null);
    }

    @Test
    void basketsOfManyInOppositeOrdersEndAndNoUnitIsLost() throws Exception {
        stocked(300, 40);
        AtomicLong sold = new AtomicLong();
        List<Answer> last = atOnce(64, client -> {
            Answer answer = place("cart-" + client, null, KEY, 1);
            for (int round = 0; round < ROUNDS; round++) {
                String id = "cart-" + client + "-" + round;
                answer = (client + round) % 2 == 0
                        ? place(id, null, KEY, 1, OTHER, 1)
                        : place(id, null, OTHER, 1, KEY, 1);
                if (answer instanceof Accepted && client % 8 == 0 && round == 0) {
                    accepted(confirm(id, null));
                    sold.incrementAndGet();
                } else if (answer instanceof Accepted) {
                    accepted(release(id));
                }
            }
            return answer;
        });
        assertThat(last).hasSize(64);
        assertThat(record(KEY).qty()).isEqualTo(300 - sold.get());
        assertThat(record(OTHER).qty()).isEqualTo(40 - sold.get());
        assertThat(available(KEY)).isEqualTo(record(KEY).qty() - 64);
        assertThat(available(OTHER)).isEqualTo(record(OTHER).qty());
    }

    private void stocked(long qty, long qtyOfOther) {
        accepted(stock().adjust(KEY, qty, null, Cause.NONE, null));
        accepted(stock().adjust(OTHER, qtyOfOther, null, Cause.NONE, null));
    }

    private Answer place(String id, @Nullable String key, Object... skusAndUnits) {
        return stock().changeHold(new PlaceWish(id, lines(skusAndUnits)), Cause.NONE, key);
    }

    private Answer extend(String id) {
        return stock().changeHold(
                        (event, at, told) -> new ExtendHold(id, TEN_MINUTES, event, at, told), Cause.NONE, null);
    }

    private Answer confirm(String id, @Nullable String key, Object... skusAndUnits) {
        List<Line> part = skusAndUnits.length == 0 ? null : lines(skusAndUnits);
        return stock().changeHold(
                        (event, at, told) -> new ConfirmHold(id, part, false, event, at, told), Cause.NONE, key);
    }

    private Answer release(String id) {
        return stock().changeHold((event, at, told) -> new ReleaseHold(id, null, event, at, told), Cause.NONE, null);
    }

    private static List<Line> lines(Object... skusAndUnits) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < skusAndUnits.length; i += 2) {
            lines.add(new Line((StockKey) skusAndUnits[i], (int) skusAndUnits[i + 1], null));
        }
        return lines;
    }

    private static Hold hold(Accepted answer) {
        return requireNonNull(answer.hold());
    }

    private InventoryRecord record(StockKey key) {
        return requireNonNull(stock().find(key));
    }

    private long available(StockKey key) {
        return record(key).available(stock().now());
    }
}
