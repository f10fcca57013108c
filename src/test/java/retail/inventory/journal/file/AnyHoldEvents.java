package retail.inventory.journal.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.StringArbitrary;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/** Any event about a hold, and any other of SKUs that have holds. */
final class AnyHoldEvents {

    private static final long LARGEST = (1L << 53) - 1;
    private static final long LAST_MS = 200_000_000_000_000L;

    private AnyHoldEvents() {}

    /** What becomes of one SKU of a hold. */
    private enum Fate {
        SET_ASIDE,
        ENDED,
        GIVEN_BACK,
        LEFT_OUT,
        UNMOVED
    }

    private record Part(Fate fate, StockKey key, HoldLine line, Movement movement) {}

    /** Placed, taken, given back, ended: some of its SKUs moved, others not. */
    static Arbitrary<Event> ofHolds() {
        Arbitrary<List<Part>> parts = ids().flatMap(id -> times().flatMap(ends -> Arbitraries.of(true, false)
                .flatMap(endless -> part(id, endless ? HeldUnits.NO_END : ends)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(6)
                        .uniqueElements(Part::key)
                        .filter(some -> some.stream().anyMatch(part -> part.fate() != Fate.UNMOVED)))));
        return Combinators.combine(
                        parts,
                        ids(),
                        times(),
                        times().injectNull(0.5),
                        Arbitraries.of(Hold.State.class),
                        Arbitraries.longs().between(1, LARGEST),
                        Arbitraries.of("ORDER-1", "\"\\").injectNull(0.5),
                        Arbitraries.of(true, false))
                .as(AnyHoldEvents::event);
    }

    private static Event event(
            List<Part> parts,
            String id,
            long at,
            @Nullable Long placed,
            Hold.State state,
            long version,
            @Nullable String reference,
            boolean late) {
        List<Movement> movements = new ArrayList<>();
        List<HoldLine> lines = new ArrayList<>();
        String holdId = id;
        long endsMs = HeldUnits.NO_END;
        for (Part part : parts) {
            HoldChange change = part.movement().holds();
            if (part.fate() != Fate.UNMOVED && change != null && change.own() != null) {
                movements.add(part.movement());
                holdId = change.own().holdId();
                endsMs = change.own().endsMs();
            }
            if (part.fate() != Fate.LEFT_OUT) {
                lines.add(part.line());
            }
        }
        lines.sort((one, other) -> one.key().compareTo(other.key()));
        Hold hold = new Hold(
                holdId,
                version,
                state,
                Instant.ofEpochMilli(placed == null ? at : placed),
                endsMs,
                reference,
                lines,
                Instant.ofEpochMilli(at),
                late);
        String type = switch (state) {
            case HELD -> Event.HOLD;
            case CONFIRMED -> Event.CONFIRM;
            case RELEASED -> Event.RELEASE;
            case EXPIRED -> Event.EXPIRE;
        };
        Cause cause = reference == null ? Cause.NONE : new Cause("web", "SOLD", reference, null, null);
        return new Event(
                Event.NOT_YET, new UUID(at, version), at, type, Movements.of(movements), hold, null, cause, null, null);
    }

    private static Arbitrary<Part> part(String holdId, long endsMs) {
        return Combinators.combine(
                        keys(),
                        Arbitraries.of(Fate.class),
                        Arbitraries.longs().between(1, LARGEST),
                        Arbitraries.longs().between(1, LARGEST),
                        Arbitraries.longs().between(0, 3),
                        numbers(),
                        lapsed())
                .as((key, fate, requested, qty, confirmed, numbers, lapsed) -> {
                    boolean none =
                            fate == Fate.GIVEN_BACK || fate == Fate.LEFT_OUT || (fate == Fate.UNMOVED && qty % 3 == 0);
                    long left = none ? 0 : qty;
                    long aside = fate == Fate.SET_ASIDE ? qty : 0;
                    HoldChange change =
                            new HoldChange(aside + numbers.get(0), new HeldUnits(holdId, aside, endsMs), lapsed);
                    return new Part(
                            fate,
                            key,
                            new HoldLine(key, numbers.get(1) % 2 == 0 ? requested : qty, left, confirmed),
                            new Movement(key, -confirmed, numbers.get(1), numbers.get(2), change));
                });
    }

    /** An adjust, or a reserve of one SKU or several, where others have units set aside. */
    static Arbitrary<Event> besideHolds() {
        Arbitrary<Movement> movement = Combinators.combine(keys(), numbers(), lapsed())
                .as((key, numbers, lapsed) -> new Movement(
                        key,
                        -numbers.get(3),
                        numbers.get(1),
                        numbers.get(2),
                        numbers.get(0) == 0 && lapsed.isEmpty() ? null : new HoldChange(numbers.get(0), null, lapsed)));
        return Combinators.combine(
                        movement.list().ofMinSize(1).ofMaxSize(4).uniqueElements(Movement::key),
                        times(),
                        Arbitraries.of(Event.ADJUST, Event.RESERVE),
                        Arbitraries.longs().between(0, LARGEST).injectNull(0.5))
                .as((movements, at, type, expected) -> new Event(
                        Event.NOT_YET,
                        new UUID(at, at),
                        at,
                        type,
                        Movements.of(movements),
                        expected,
                        Cause.NONE,
                        null,
                        null));
    }

    private static Arbitrary<List<Long>> numbers() {
        return Arbitraries.longs().between(0, LARGEST / 2).list().ofSize(4).map(some -> {
            List<Long> numbers = new ArrayList<>(some);
            numbers.set(2, numbers.get(2) + 1);
            return numbers;
        });
    }

    private static Arbitrary<List<String>> lapsed() {
        return ids().list().ofMaxSize(3);
    }

    private static Arbitrary<String> ids() {
        return texts().ofMaxLength(64).filter(Hold::isId);
    }

    private static StringArbitrary texts() {
        return Arbitraries.strings().alpha().numeric().withChars("._-").ofMinLength(1);
    }

    private static Arbitrary<StockKey> keys() {
        return Combinators.combine(Arbitraries.of("S1", "S2"), texts().ofMaxLength(50))
                .as((store, sku) -> new StockKey(store, sku + " \"\\\u00fc\ud83d\udc55"));
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.longs().between(0, LAST_MS);
    }
}
