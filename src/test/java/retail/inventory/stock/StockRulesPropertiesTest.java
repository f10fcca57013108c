package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Command.Adjust;
import retail.inventory.stock.Command.OfOneSku;
import retail.inventory.stock.Command.Reserve;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Already;
import retail.inventory.stock.Decision.Rejected;

class StockRulesPropertiesTest {

    private static final StockKey KEY = new StockKey("STORE001", "SKU123");
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final int TRIES = 1000;

    /** What a list of commands, one after the other on a new SKU, led to. */
    private record Outcome(
            List<OfOneSku> accepted,
            List<Happened> events,
            @Nullable InventoryRecord record) {}

    /** A movement, and when. */
    private record Happened(OfOneSku command, Movement movement) {}

    /** A state of one SKU, or none yet; jqwik hands over no nulls. */
    record State(@Nullable InventoryRecord record) {}

    @Property(tries = TRIES)
    void anyCommandOnAnyRecordIsDecided(@ForAll("states") State state, @ForAll("commands") OfOneSku command) {
        InventoryRecord before = state.record();
        long qty = before == null ? 0 : before.qty();
        long version = before == null ? 0 : before.version();
        switch (StockRules.decide(before, command)) {
            case Rejected rejected -> assertThat(rejected.current()).isEqualTo(before);
            case Already already -> throw new AssertionError("no hold was asked for");
            case Accepted accepted ->
                assertThat(StockRules.evolve(before, accepted.movements().get(0), command.at()))
                        .isEqualTo(new InventoryRecord(KEY, qty + command.delta(), version + 1, command.at()));
        }
    }

    @Property(tries = TRIES)
    void quantityStaysInRangeAndVersionsHaveNoGap(@ForAll("histories") List<OfOneSku> commands) {
        InventoryRecord record = null;
        long version = 0;
        for (Happened event : run(commands).events()) {
            record = StockRules.evolve(record, event.movement(), event.command().at());
            version++;
            assertThat(record.version())
                    .isEqualTo(version)
                    .isEqualTo(event.movement().version());
            assertThat(record.qty())
                    .isBetween(0L, InventoryRecord.QTY_MAX)
                    .isEqualTo(event.movement().qty());
        }
    }

    @Property(tries = TRIES)
    void replayOfAnyPrefixTwiceIsTheSameAsOnce(
            @ForAll("histories") List<OfOneSku> commands, @ForAll("positions") int position) {
        Outcome once = run(commands);
        List<Happened> prefix =
                once.events().subList(0, Math.min(position, once.events().size()));
        List<Happened> startedAgain = new ArrayList<>(prefix);
        startedAgain.addAll(once.events());
        List<Happened> repeatedAtTheEnd = new ArrayList<>(once.events());
        repeatedAtTheEnd.addAll(prefix);
        assertThat(replay(startedAgain)).isEqualTo(once.record());
        assertThat(replay(repeatedAtTheEnd)).isEqualTo(once.record());
    }

    @Property(tries = TRIES)
    void rejectedCommandsLeaveNoTrace(@ForAll("histories") List<OfOneSku> commands) {
        Outcome with = run(commands);
        Outcome without = run(with.accepted());
        assertThat(without).isEqualTo(with);
    }

    @Property(tries = TRIES)
    void acceptedReservationsNeverExceedWhatWasReceived(@ForAll("histories") List<OfOneSku> commands) {
        Outcome outcome = run(commands);
        long received = 0;
        long takenAway = 0;
        long reserved = 0;
        for (Happened event : outcome.events()) {
            switch (event.command()) {
                case Adjust a when a.delta() > 0 -> received = Math.addExact(received, a.delta());
                case Adjust a -> takenAway = Math.subtractExact(takenAway, a.delta());
                case Reserve r -> reserved = Math.addExact(reserved, r.qty());
            }
            assertThat(reserved + takenAway).isLessThanOrEqualTo(received);
        }
        long left = outcome.record() == null ? 0 : outcome.record().qty();
        assertThat(left).isEqualTo(received - takenAway - reserved);
    }

    private static Outcome run(List<OfOneSku> commands) {
        List<OfOneSku> accepted = new ArrayList<>();
        List<Happened> events = new ArrayList<>();
        InventoryRecord record = null;
        for (OfOneSku command : commands) {
            if (StockRules.decide(record, command) instanceof Accepted yes) {
                accepted.add(command);
                Movement movement = yes.movements().get(0);
                events.add(new Happened(command, movement));
                record = StockRules.evolve(record, movement, command.at());
            }
        }
        return new Outcome(accepted, events, record);
    }

    private static @Nullable InventoryRecord replay(List<Happened> events) {
        InventoryRecord record = null;
        for (Happened event : events) {
            record = StockRules.evolve(record, event.movement(), event.command().at());
        }
        return record;
    }

    @Provide
    Arbitrary<State> states() {
        // A SKU cannot live to see the last long as its version; the rules may say so by an exception.
        Arbitrary<Long> versions = Arbitraries.longs().between(1, Long.MAX_VALUE - 1);
        return Combinators.combine(Arbitraries.longs().between(0, InventoryRecord.QTY_MAX), versions)
                .as((qty, version) -> new State(new InventoryRecord(KEY, qty, version, START)))
                .injectNull(0.1)
                .map(state -> state == null ? new State(null) : state);
    }

    /** Small amounts meet each other, any amount meets the limits. */
    @Provide
    Arbitrary<OfOneSku> commands() {
        Arbitrary<Long> amounts = Arbitraries.oneOf(
                Arbitraries.longs().between(1, 20), Arbitraries.longs().between(1, InventoryRecord.QTY_MAX));
        Arbitrary<@Nullable Long> expected = Arbitraries.oneOf(
                        Arbitraries.longs().between(0, 12), Arbitraries.longs().greaterOrEqual(0))
                .injectNull(0.7);
        return Combinators.combine(Arbitraries.of(Kind.values()), amounts, expected, Arbitraries.longs(), times())
                .as((kind, amount, version, id, at) -> kind.command(amount, version, new UUID(id, id), at));
    }

    @Provide
    Arbitrary<List<OfOneSku>> histories() {
        return commands().list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 40);
    }

    /** Clocks of several processes differ, so time does not always go on. */
    private static Arbitrary<Instant> times() {
        return Arbitraries.longs().between(-10_000, 10_000).map(START::plusMillis);
    }

    private enum Kind {
        ARRIVES,
        IS_TAKEN_AWAY,
        IS_RESERVED;

        private OfOneSku command(long amount, @Nullable Long expected, UUID id, Instant at) {
            return switch (this) {
                case ARRIVES -> new Adjust(KEY, amount, expected, id, at);
                case IS_TAKEN_AWAY -> new Adjust(KEY, -amount, expected, id, at);
                case IS_RESERVED -> new Reserve(KEY, amount, expected, id, at);
            };
        }
    }
}
