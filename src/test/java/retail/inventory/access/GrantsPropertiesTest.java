package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Grants against the plainest reading of them: patterns as regular expressions. */
class GrantsPropertiesTest {

    private static boolean oracle(Grant grant, Operation operation, String store) {
        return grant.can().contains(operation)
                && grant.stores().stream()
                        .anyMatch(pattern -> Pattern.matches(
                                Pattern.quote(pattern.replace("*", "")) + (pattern.endsWith("*") ? ".*" : ""), store));
    }

    @Property(tries = 2000)
    void saysWhatItsPatternsSay(
            @ForAll("grants") List<Grant> all, @ForAll("stores") String store, @ForAll Operation operation) {
        assertThat(new Grants(all).may(operation, store))
                .isEqualTo(all.stream().anyMatch(grant -> oracle(grant, operation, store)));
    }

    @Property
    void moreGrantsNeverTakeAnythingAway(
            @ForAll("grants") List<Grant> some,
            @ForAll("grants") List<Grant> more,
            @ForAll("stores") String store,
            @ForAll Operation operation) {
        Grants before = new Grants(some);
        Grants after = new Grants(Stream.concat(some.stream(), more.stream()).toList());
        assertThat(after.may(operation, store))
                .isEqualTo(before.may(operation, store) || new Grants(more).may(operation, store));
        assertThat(after.mayAnywhere(operation))
                .isEqualTo(before.mayAnywhere(operation) || new Grants(more).mayAnywhere(operation));
    }

    @Property
    void everywhereIsInEachStoreAndOneStoreIsSomewhere(
            @ForAll("grants") List<Grant> all, @ForAll("stores") String store, @ForAll Operation operation) {
        Grants grants = new Grants(all);
        if (grants.mayEverywhere(operation)) {
            assertThat(grants.may(operation, store)).isTrue();
        }
        if (grants.may(operation, store)) {
            assertThat(grants.mayAnywhere(operation)).isTrue();
        }
        assertThat(grants.mayEverywhere(operation))
                .isEqualTo(all.stream()
                        .anyMatch(grant ->
                                grant.stores().contains("*") && grant.can().contains(operation)));
    }

    @Provide
    Arbitrary<String> stores() {
        return Arbitraries.strings()
                .withChars("ab-")
                .ofMinLength(1)
                .ofMaxLength(4)
                .map(id -> "S" + id);
    }

    @Provide
    Arbitrary<List<Grant>> grants() {
        Arbitrary<String> patterns = Arbitraries.frequencyOf(
                Tuple.of(5, stores()), Tuple.of(5, stores().map(id -> id + "*")), Tuple.of(1, Arbitraries.just("*")));
        Arbitrary<Set<Operation>> bound = Arbitraries.of(Operation.class)
                .filter(Operation::isStoreBound)
                .set()
                .ofMinSize(1);
        Arbitrary<Grant> some = Combinators.combine(patterns.list().ofMinSize(1).ofMaxSize(4), bound)
                .as(Grant::new);
        Arbitrary<Grant> all =
                Arbitraries.of(Operation.class).set().ofMinSize(1).map(Grant::everywhere);
        return Arbitraries.oneOf(some, some, some, all).list().ofMaxSize(4);
    }
}
