package retail.inventory.journal.file;

import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/** Any event that a log can have. */
final class AnyEvents {

    private static final long LARGEST = (1L << 53) - 1;

    private AnyEvents() {}

    /** Of any type, about one SKU or several, with and without a cause, a key and a trace. */
    static Arbitrary<Event> events() {
        Arbitrary<String> keys = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("\"\\\n\u0000ü€😀")
                .ofMinLength(1)
                .ofMaxLength(80);
        Arbitrary<@Nullable String> traceIds = Arbitraries.strings()
                .withChars("0123456789abcdef")
                .ofLength(32)
                .filter(Event::isTraceId)
                .injectNull(0.5);
        return Combinators.combine(
                        Arbitraries.longs(),
                        times(),
                        Arbitraries.of(Event.ADJUST, Event.RESERVE, "TRANSFER"),
                        movements(),
                        Arbitraries.longs().between(0, LARGEST).injectNull(0.5),
                        causes(),
                        keys.injectNull(0.5),
                        traceIds)
                .as((id, at, type, movements, expected, cause, key, traceId) -> new Event(
                        Event.NOT_YET,
                        new UUID(id, ~id),
                        at,
                        type,
                        movements,
                        expected,
                        cause,
                        key == null ? null : new Event.KeyedRequest(key, "abc" + key.hashCode()),
                        traceId));
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.longs().between(-1_000_000_000_000L, 200_000_000_000_000L);
    }

    private static Arbitrary<Movements> movements() {
        Arbitrary<String> names =
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(50);
        Arbitrary<Movement> movement = Combinators.combine(
                        names,
                        Arbitraries.longs().between(-LARGEST, LARGEST),
                        Arbitraries.longs().between(0, LARGEST),
                        Arbitraries.longs().between(1, LARGEST))
                .as((name, delta, qty, version) -> new Movement(
                        new StockKey(name, name + " /1:2\\\"\u00fc\u20ac\ud83d\udc55"), delta, qty, version));
        return movement.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .uniqueElements(Movement::key)
                .map(Movements::of);
    }

    private static Arbitrary<Cause> causes() {
        Arbitrary<String> texts =
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(64);
        Arbitrary<Cause> told = Combinators.combine(
                        texts,
                        Arbitraries.of("SOLD", "A", "RETURNED_2").injectNull(0.5),
                        texts.injectNull(0.5),
                        texts.injectNull(0.5),
                        times().map(Instant::ofEpochMilli).injectNull(0.5))
                .as(Cause::new);
        return told.injectNull(0.5).map(cause -> cause == null ? Cause.NONE : cause);
    }
}
