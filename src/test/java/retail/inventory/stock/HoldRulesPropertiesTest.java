package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.stock.HoldWorld.A;
import static retail.inventory.stock.HoldWorld.B;
import static retail.inventory.stock.HoldWorld.C;
import static retail.inventory.stock.HoldWorld.START;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Already;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.HoldCommand.Condition;
import retail.inventory.stock.HoldOracle.Verdict;

/** Whatever is asked, in whatever order, and whatever the clock shows: the rules say and do what the oracle says. */
class HoldRulesPropertiesTest {

    private static final List<StockKey> KEYS = List.of(A, B, C);
    private static final long HOUR_MS = 3_600_000;
    private static final int STEPS_MAX = 60;

    /** Before anything ended: what the clock alone would bring back must not come back. */
    private static final long LONG_AGO_MS = -1000 * HOUR_MS;

    enum Kind {
        ARRIVE,
        TAKE,
        RESERVE,
        PLACE,
        PLACE_PART,
        EXTEND,
        CONFIRM,
        CONFIRM_PART,
        CONFIRM_AND_GIVE_BACK,
        RELEASE,
        RELEASE_PART,
        EXPIRE,
        FORGET
    }

    /**
     * A command, and when.
     *
     * @param clockMs how far the clock moves before it
     */
    record Step(Kind kind, String id, Map<StockKey, Long> lines, long lastsMs, long clockMs) {
        private Line[] asked() {
            return lines.entrySet().stream()
                    .map(line -> new Line(line.getKey(), line.getValue(), null))
                    .toArray(Line[]::new);
        }

        private StockKey first() {
            return asked()[0].key();
        }

        private long qty() {
            return asked()[0].qty();
        }
    }

    @Property(tries = 2000)
    void rulesSayWhatTheOracleSays(@ForAll("histories") List<Step> steps) {
        HoldWorld world = HoldWorld.with(A, 5).and(B, 5);
        HoldOracle oracle = new HoldOracle();
        oracle.adjust(A, 5);
        oracle.adjust(B, 5);
        long ms = 0;
        for (Step step : steps) {
            ms += step.clockMs();
            world.at(ms);
            oracle.at(START.toEpochMilli() + ms);
            if (step.kind() == Kind.FORGET) {
                ms += forget(step.id(), world, oracle);
                oracle.at(START.toEpochMilli() + ms);
            } else {
                Map<StockKey, InventoryRecord> before = new HashMap<>(world.records);
                Verdict verdict = verdict(done(step, world));
                assertThat(verdict).as("%s at %d", step, ms).isEqualTo(expected(step, oracle));
                if (verdict != Verdict.ACCEPTED) {
                    assertThat(world.records).isEqualTo(before);
                }
            }
            compare(world, oracle, ms);
        }
        HoldWorld replayed = world.replayed();
        assertThat(replayed.records).isEqualTo(world.records);
        world.holds.forEach((id, hold) -> assertThat(replayed.holds).containsEntry(id, hold));
    }

    private static void compare(HoldWorld world, HoldOracle oracle, long ms) {
        for (InventoryRecord record : world.records.values()) {
            StockKey key = record.key();
            assertThat(record.qty()).as("qty of %s", key).isEqualTo(oracle.onHand.get(key));
            assertThat(record.version()).as("version of %s", key).isEqualTo(oracle.versions.get(key));
            Map<String, HeldUnits> written = new TreeMap<>();
            record.holds().all().forEach(units -> written.put(units.holdId(), units));
            assertThat(written).as("holds of %s", key).isEqualTo(oracle.written(key));
            assertThat(record.holds().total())
                    .as("what may ever be held of %s", key)
                    .isLessThanOrEqualTo(record.qty());
            assertThat(record.available(START.plusMillis(ms))).isNotNegative();
        }
        assertThat(world.holds.keySet()).isEqualTo(oracle.holds.keySet());
        for (long at : new long[] {LONG_AGO_MS, ms}) {
            world.at(at);
            oracle.holds.forEach((id, told) -> {
                assertThat(world.state(id)).as("%s at %d", id, at).isEqualTo(told.state(START.toEpochMilli() + at));
                assertThat(world.hold(id).late()).isEqualTo(told.late);
            });
        }
    }

    /** A closed one, after more time than all steps of the clock together take back; how much. */
    private static long forget(String id, HoldWorld world, HoldOracle oracle) {
        Hold hold = world.holds.get(id);
        if (hold == null || !hold.isClosed()) {
            return 0;
        }
        world.holds.remove(id);
        oracle.holds.remove(id);
        return STEPS_MAX * HOUR_MS;
    }

    private static Verdict verdict(Decision decision) {
        return switch (decision) {
            case Accepted accepted -> Verdict.ACCEPTED;
            case Already already -> Verdict.ALREADY;
            case Rejected rejected -> Verdict.REFUSED;
        };
    }

    private static Decision done(Step step, HoldWorld world) {
        String id = step.id();
        return switch (step.kind()) {
            case ARRIVE -> world.adjust(step.first(), step.qty());
            case TAKE -> world.adjust(step.first(), -step.qty());
            case RESERVE -> world.reserveAll(step.asked());
            case PLACE ->
                step.lastsMs() == HeldUnits.NO_END
                        ? world.placeOrder(id, "ORDER", step.asked())
                        : world.place(id, step.lastsMs(), false, Condition.NONE, step.asked());
            case PLACE_PART -> world.place(id, Math.min(step.lastsMs(), HOUR_MS), true, Condition.NONE, step.asked());
            case EXTEND -> world.extend(id, Math.min(step.lastsMs(), HOUR_MS));
            case CONFIRM -> world.confirm(id);
            case CONFIRM_PART -> world.confirm(id, step.asked());
            case CONFIRM_AND_GIVE_BACK -> world.confirmAndGiveBack(id, step.asked());
            case RELEASE -> world.release(id);
            case RELEASE_PART -> world.release(id, step.asked());
            case EXPIRE -> world.expire(id);
            case FORGET -> throw new AssertionError("no command");
        };
    }

    private static Verdict expected(Step step, HoldOracle oracle) {
        String id = step.id();
        return switch (step.kind()) {
            case ARRIVE -> oracle.adjust(step.first(), step.qty());
            case TAKE -> oracle.adjust(step.first(), -step.qty());
            case RESERVE -> oracle.reserve(step.lines());
            case PLACE -> oracle.place(id, step.lines(), step.lastsMs(), false);
            case PLACE_PART -> oracle.place(id, step.lines(), Math.min(step.lastsMs(), HOUR_MS), true);
            case EXTEND -> oracle.extend(id, Math.min(step.lastsMs(), HOUR_MS));
            case CONFIRM -> oracle.confirm(id, null, false);
            case CONFIRM_PART -> oracle.confirm(id, step.lines(), false);
            case CONFIRM_AND_GIVE_BACK -> oracle.confirm(id, step.lines(), true);
            case RELEASE -> oracle.release(id, null);
            case RELEASE_PART -> oracle.release(id, step.lines());
            case EXPIRE -> oracle.expire(id);
            case FORGET -> throw new AssertionError("no command");
        };
    }

    /** Ends and steps of the clock meet exactly, or miss each other by a millisecond. */
    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Map<StockKey, Long>> lines = Arbitraries.maps(
                        Arbitraries.of(KEYS), Arbitraries.longs().between(1, 4))
                .ofMinSize(1)
                .ofMaxSize(KEYS.size())
                .map(TreeMap::new);
        Arbitrary<Long> lasts = Arbitraries.of(1L, 2L, 1000L, HOUR_MS, HOUR_MS, HeldUnits.NO_END);
        Arbitrary<Long> clocks = Arbitraries.of(0L, 0L, 1L, 1L, 2L, 999L, 1000L, -1000L, HOUR_MS, -HOUR_MS);
        return Combinators.combine(
                        Arbitraries.of(Kind.values()), Arbitraries.of("h1", "h2", "h3", "h4"), lines, lasts, clocks)
                .as(Step::new)
                .list()
                .ofMaxSize(STEPS_MAX);
    }
}
