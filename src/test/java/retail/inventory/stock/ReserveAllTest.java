package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.Command.ReserveAll;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Decision.RejectedLine;

/** A sale of several SKUs is decided over all of them at once. */
class ReserveAllTest {

    private static final StockKey A = new StockKey("S1", "A");
    private static final StockKey B = new StockKey("S1", "B");
    private static final StockKey C = new StockKey("S2", "A");
    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final UUID ID = new UUID(1, 1);

    private final Map<StockKey, InventoryRecord> stock = new TreeMap<>();

    @Example
    void takesFromEachWhenThereIsEnoughOfAll() {
        has(A, 5, 3);
        has(C, 1, 1);
        assertThat(decide(take(C, 1), take(A, 2)))
                .isEqualTo(new Accepted(Movements.of(List.of(new Movement(A, -2, 3, 4), new Movement(C, -1, 0, 2)))));
    }

    /** Each line alone has enough: medusajs/medusa #16502. */
    @Example
    void linesOfOneSkuAreAddedUpBeforeItIsDecided() {
        has(A, 5, 1);
        has(B, 1, 1);
        assertThat(decide(take(A, 3), take(B, 1), take(A, 3)))
                .isEqualTo(new Rejected(Reason.INSUFFICIENT_STOCK, A, -6, stock.get(A)));
        has(A, 6, 2);
        assertThat(decide(take(A, 3), take(B, 1), take(A, 3))).isInstanceOf(Accepted.class);
    }

    @Example
    void everyLineThatIsShortIsNamedAndOneThatIsUnknownToo() {
        has(A, 5, 1);
        has(C, 1, 1);
        assertThat(decide(take(A, 6), take(B, 1), take(C, 1)))
                .isEqualTo(new Rejected(
                        Reason.INSUFFICIENT_STOCK,
                        List.of(new RejectedLine(A, -6, stock.get(A)), new RejectedLine(B, -1, null))));
    }

    @Example
    void versionsComeBeforeStock() {
        has(A, 1, 3);
        has(B, 1, 4);
        has(C, 9, 5);
        assertThat(decide(new Line(A, 1, 2L), new Line(B, 2, null), new Line(C, 1, 9L)))
                .isEqualTo(new Rejected(
                        Reason.VERSION_CONFLICT,
                        List.of(new RejectedLine(A, -1, stock.get(A)), new RejectedLine(C, -1, stock.get(C)))));
    }

    @Example
    void badLinesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(this::command);
        assertThatIllegalArgumentException().isThrownBy(() -> take(A, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Line(A, 1, -1L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> command(take(A, InventoryRecord.QTY_MAX), take(A, InventoryRecord.QTY_MAX)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> command(new Line(A, 1, 1L), new Line(A, 1, 2L)))
                .withMessageContaining("same version");
        Line[] tooMany = Collections.nCopies(Line.COUNT_MAX + 1, take(A, 1)).toArray(Line[]::new);
        assertThatIllegalArgumentException().isThrownBy(() -> command(tooMany));
    }

    @Example
    void oneSkuIsAnOrdinaryReserve() {
        assertThat(Command.reserve(List.of(take(A, 1), new Line(A, 2, 7L)), ID, AT, Cause.NONE))
                .isEqualTo(new Reserve(A, 3, 7L, ID, AT));
    }

    /** Whatever is asked: what is granted was there, and is taken from every SKU or from none. */
    @Property(tries = 1000)
    void isGrantedExactlyWhenEachSkuHasEnough(@ForAll Random random) {
        List<StockKey> keys = List.of(A, B, C);
        for (StockKey key : keys) {
            if (random.nextInt(4) > 0) {
                has(key, random.nextInt(6), 1L + random.nextInt(3));
            }
        }
        List<Line> lines = new ArrayList<>();
        long[] asked = new long[keys.size()];
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            int sku = random.nextInt(keys.size());
            long qty = 1L + random.nextInt(4);
            asked[sku] += qty;
            lines.add(take(keys.get(sku), qty));
        }
        boolean enough = true;
        for (int i = 0; i < asked.length; i++) {
            InventoryRecord record = stock.get(keys.get(i));
            enough &= asked[i] <= (record == null ? 0 : record.qty());
        }
        Decision decision = decide(lines.toArray(Line[]::new));
        assertThat(decision instanceof Accepted).isEqualTo(enough);
        if (decision instanceof Accepted accepted) {
            Movements movements = accepted.movements();
            for (int i = 0; i < movements.size(); i++) {
                Movement movement = movements.get(i);
                assertThat(-movement.delta()).isEqualTo(asked[keys.indexOf(movement.key())]);
                InventoryRecord after = StockRules.evolve(stock.get(movement.key()), movement, AT);
                assertThat(after.qty()).isEqualTo(movement.qty()).isNotNegative();
            }
        }
    }

    private void has(StockKey key, long qty, long version) {
        stock.put(key, new InventoryRecord(key, qty, version, AT));
    }

    private static Line take(StockKey key, long qty) {
        return new Line(key, qty, null);
    }

    private ReserveAll command(Line... lines) {
        return new ReserveAll(List.of(lines), ID, AT, Cause.NONE);
    }

    private Decision decide(Line... lines) {
        return StockRules.decide(this::record, command(lines));
    }

    private @Nullable InventoryRecord record(StockKey key) {
        return stock.get(key);
    }
}
