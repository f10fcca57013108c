package retail.inventory.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Lines of a file of keys, any that there can be. */
final class AnyKeyLines {

    private AnyKeyLines() {}

    static Arbitrary<KeyLine> any() {
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli);
        Arbitrary<String> ids =
                Arbitraries.strings().numeric().withCharRange('a', 'z').ofLength(12);
        Arbitrary<String> names =
                Arbitraries.strings().numeric().alpha().ofMinLength(1).ofMaxLength(64);
        Arbitrary<KeyRecord.Secret> secrets = Combinators.combine(
                        Arbitraries.bytes().array(byte[].class).ofSize(32),
                        Arbitraries.strings().alpha().ofLength(4))
                .as(KeyRecord.Secret::new);
        Arbitrary<Grant> grants = Combinators.combine(
                        Arbitraries.of("S1", "DE-*", "*").list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(Operation.READ, Operation.ADJUST, Operation.FEED)
                                .set()
                                .ofMinSize(1))
                .as(Grant::new);
        Arbitrary<KeyLine> created = Combinators.combine(
                        times,
                        ids,
                        names,
                        Arbitraries.of("till", "shop").injectNull(0.3),
                        grants.list().ofMinSize(1).ofMaxSize(2),
                        times.injectNull(0.3),
                        secrets)
                .as(KeyLine.Created::new);
        Arbitrary<KeyLine> rotated =
                Combinators.combine(times, ids, secrets, times).as(KeyLine.Rotated::new);
        Arbitrary<KeyLine> revoked = Combinators.combine(times, ids).as(KeyLine.Revoked::new);
        Arbitrary<KeyLine> denied = Combinators.combine(
                        times, Arbitraries.strings().ofMinLength(1).ofMaxLength(40))
                .as(KeyLine.Denied::new);
        return Arbitraries.oneOf(created, rotated, revoked, denied);
    }

    /** A key for one store. */
    static KeyLine.Created created(String id, String name, String text) {
        return new KeyLine.Created(
                Instant.EPOCH,
                id,
                name,
                "till",
                List.of(new Grant(List.of("S1"), Set.of(Operation.READ))),
                null,
                KeyRecord.Secret.of(text));
    }
}
