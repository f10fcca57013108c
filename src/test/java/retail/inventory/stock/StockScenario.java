package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Command.Adjust;
import retail.inventory.stock.Command.OfOneSku;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Reason;
import retail.inventory.stock.Decision.Rejected;

/**
 * One decision as a sentence: {@code given(received(10)).when(reserve(11)).then(rejected(INSUFFICIENT_STOCK))}. The past
 * is counted here by plain addition, not by the rules, so that a wrong rule cannot agree with itself.
 */
final class StockScenario {

    static final StockKey KEY = new StockKey("STORE001", "SKU123");
    static final Instant AT = Instant.parse("2026-11-22T10:00:00.123Z");

    private static final Instant BEFORE = AT.minusSeconds(60);

    private final @Nullable InventoryRecord record;

    private StockScenario(@Nullable InventoryRecord record) {
        this.record = record;
    }

    /** Something that happened to the SKU before. */
    @FunctionalInterface
    interface Past {
        Movement after(long qty, long version);
    }

    /** What is expected of a decision. */
    @FunctionalInterface
    interface Expectation {
        void holdsFor(@Nullable InventoryRecord before, OfOneSku command, Decision decision);
    }

    static StockScenario given(Past... past) {
        InventoryRecord record = null;
        for (Past one : past) {
            Movement movement = record == null ? one.after(0, 0) : one.after(record.qty(), record.version());
            record = StockRules.evolve(record, movement, BEFORE);
        }
        return new StockScenario(record);
    }

    static Past[] nothing() {
        return new Past[0];
    }

    static Past received(long qty) {
        return (before, version) -> new Movement(KEY, qty, before + qty, version + 1);
    }

    static Past sold(long qty) {
        return (before, version) -> new Movement(KEY, -qty, before - qty, version + 1);
    }

    static Adjust adjust(long delta) {
        return new Adjust(KEY, delta, null, new UUID(2, 1), AT);
    }

    static Reserve reserve(long qty) {
        return new Reserve(KEY, qty, null, new UUID(2, 2), AT);
    }

    /** The same command from a caller who names the version seen. */
    static OfOneSku ifVersion(long expected, OfOneSku command) {
        return switch (command) {
            case Adjust a -> new Adjust(a.key(), a.delta(), expected, a.id(), a.at());
            case Reserve r -> new Reserve(r.key(), r.qty(), expected, r.id(), r.at());
        };
    }

    Decided when(OfOneSku command) {
        return new Decided(record, command, StockRules.decide(record, command));
    }

    /** A decision, to be looked at. */
    record Decided(@Nullable InventoryRecord before, OfOneSku command, Decision decision) {
        void then(Expectation expected) {
            expected.holdsFor(before, command, decision);
        }
    }

    /** Refused, and the caller is shown the record as it still is. */
    static Expectation rejected(Reason reason) {
        return (before, command, decision) ->
                assertThat(decision).isEqualTo(new Rejected(reason, command.key(), command.delta(), before));
    }

    /** Accepted, with a movement that repeats what was asked and leads to this state. */
    static Expectation accepted(long qty, long version) {
        return (before, command, decision) -> {
            long delta = switch (command) {
                case Adjust a -> a.delta();
                case Reserve r -> -r.qty();
            };
            Movement movement = new Movement(command.key(), delta, qty, version);
            assertThat(decision).isEqualTo(new Accepted(movement));
            assertThat(StockRules.evolve(before, movement, command.at()))
                    .isEqualTo(new InventoryRecord(command.key(), qty, version, command.at()));
        };
    }
}
