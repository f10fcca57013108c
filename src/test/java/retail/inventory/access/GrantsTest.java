package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {

    private static final Set<Operation> READ = Set.of(Operation.READ);

    private static Grants grants(Grant... all) {
        return new Grants(List.of(all));
    }

    @Test
    void anIdIsThatStoreAlone() {
        Grants grants = grants(new Grant(List.of("S1"), READ));
        assertThat(grants.may(Operation.READ, "S1")).isTrue();
        for (String other : List.of("S10", "S", "s1", "", "S1 ", "*")) {
            assertThat(grants.may(Operation.READ, other)).as(other).isFalse();
        }
        assertThat(grants.may(Operation.ADJUST, "S1")).isFalse();
    }

    @Test
    void theBeginningOfIdsIsAllThatBeginSo() {
        Grants grants = grants(new Grant(List.of("DE-*"), READ));
        assertThat(grants.may(Operation.READ, "DE-1")).isTrue();
        assertThat(grants.may(Operation.READ, "DE-")).isTrue();
        for (String other : List.of("DE", "de-1", "XDE-1", "D", "")) {
            assertThat(grants.may(Operation.READ, other)).as(other).isFalse();
        }
        assertThat(grants.mayEverywhere(Operation.READ)).isFalse();
        assertThat(grants.mayAnywhere(Operation.READ)).isTrue();
        assertThat(grants.mayAnywhere(Operation.COUNT)).isFalse();
    }

    @Test
    void aStarIsEveryStore() {
        Grants grants = grants(new Grant(List.of("*"), READ));
        assertThat(grants.may(Operation.READ, "never-seen")).isTrue();
        assertThat(grants.mayEverywhere(Operation.READ)).isTrue();
        assertThat(grants.mayEverywhere(Operation.ADJUST)).isFalse();
    }

    @Test
    void severalAddUp() {
        Grants grants = grants(
                new Grant(List.of("S1", "S2"), EnumSet.of(Operation.READ, Operation.ADJUST)),
                new Grant(List.of("*"), EnumSet.of(Operation.READ, Operation.METRICS)),
                new Grant(List.of("DE-*"), EnumSet.of(Operation.ADJUST)));
        assertThat(grants.may(Operation.READ, "S3")).isTrue();
        assertThat(grants.may(Operation.ADJUST, "S3")).isFalse();
        assertThat(grants.may(Operation.ADJUST, "S2")).isTrue();
        assertThat(grants.may(Operation.ADJUST, "DE-9")).isTrue();
        assertThat(grants.mayEverywhere(Operation.METRICS)).isTrue();
        assertThat(grants.mayEverywhere(Operation.ADJUST)).isFalse();
        assertThat(grants.all()).hasSize(3);
        assertThat(grants).hasToString(grants.all().toString());
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsNothingAndAllIsAll(Operation operation) {
        assertThat(Grants.NONE.mayAnywhere(operation)).isFalse();
        assertThat(Grants.NONE.may(operation, "S1")).isFalse();
        assertThat(Grants.NONE.mayEverywhere(operation)).isFalse();
        assertThat(Grants.ALL.mayAnywhere(operation)).isTrue();
        assertThat(Grants.ALL.may(operation, "S1")).isTrue();
        assertThat(Grants.ALL.mayEverywhere(operation)).isTrue();
        assertThat(Operation.of(operation.word())).isEqualTo(operation);
        assertThat(Operation.words()).contains(operation.word());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "**", "*a", "a*b", "a**", " ", "ä", "-x", ".", "S1\n", "S 1", "?"})
    void whatIsNoPatternIsRefused(String store) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant(List.of("S1", store), READ))
                .withMessageContaining("A store is the id of a store");
    }

    @Test
    void patternsHaveTheLengthOfIds() {
        assertThat(new Grant(List.of("a".repeat(64)), READ).stores()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Grant(List.of("a".repeat(65)), READ));
    }

    @ParameterizedTest
    @EnumSource(names = {"SYNC", "DEAD_LETTERS", "AUDIT", "METRICS", "ADMIN"})
    void whatTellsOfAllStoresNeedsAllStores(Operation operation) {
        assertThat(operation.isStoreBound()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant(List.of("DE-*"), Set.of(operation)))
                .withMessage("The answers of " + operation.word()
                        + " name all stores: grant it for the store *, or leave it out.");
        assertThat(new Grant(List.of("*"), Set.of(operation)).words()).containsExactly(operation.word());
    }

    @Test
    void whatIsBoundToStoresDoesNot() {
        for (Operation operation : Operation.values()) {
            if (operation.isStoreBound()) {
                assertThat(new Grant(List.of("DE-*"), Set.of(operation)).can()).containsExactly(operation);
            }
        }
    }

    @Test
    void aGrantOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant(List.of(), READ))
                .withMessage("A grant names no store: name some, or * for all.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant(List.of("S1"), Set.of()))
                .withMessageStartingWith("A grant allows nothing: name one of read, adjust,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.of(List.of("S1"), List.of("read", "wr\nite")))
                .withMessageStartingWith("There is no operation \"wr?ite\": there are read,");
    }

    @Test
    void aGrantOfTooManyStoresIsRefused() {
        List<String> most =
                IntStream.range(0, Grant.STORES_MAX).mapToObj(i -> "S" + i).toList();
        assertThat(new Grant(most, READ).stores()).hasSize(Grant.STORES_MAX);
        List<String> more = new ArrayList<>(most);
        more.add("X");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant(more, READ))
                .withMessageContaining("names 1001 stores, and may name 1000");
    }

    @Test
    void aFingerprintIsThatOfTheGrants() {
        Grants some = new Grants(List.of(new Grant(List.of("S1", "S2"), READ)));
        Grants same = new Grants(List.of(new Grant(List.of("S2", "S1"), READ)));
        assertThat(some.fingerprint()).matches("[0-9a-f]{16}").isEqualTo(same.fingerprint());
        assertThat(some).isEqualTo(same).hasSameHashCodeAs(same);
        for (Grant other : List.of(
                new Grant(List.of("S1"), READ),
                new Grant(List.of("S1", "S2*"), READ),
                new Grant(List.of("S1", "S2"), Set.of(Operation.CENTRAL)))) {
            Grants grants = new Grants(List.of(other));
            assertThat(grants.fingerprint()).isNotEqualTo(some.fingerprint());
            assertThat(grants).isNotEqualTo(some);
        }
    }

    @Test
    void longTextIsNotRepeatedWhole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant(List.of("a".repeat(100)), READ))
                .withMessageContaining("not \"" + "a".repeat(80) + "…\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant(List.of("%".repeat(80)), READ))
                .withMessageContaining("not \"" + "%".repeat(80) + "\"");
    }

    @ParameterizedTest
    @EnumSource
    void rolesAreWords(Role role) {
        assertThat(Role.of(role.word())).isEqualTo(role);
        assertThat(Role.words()).contains(role.word());
        assertThat(Grant.everywhere(role.can()).can()).isNotEmpty();
        if (!role.isForAllStores()) {
            assertThat(new Grant(List.of("S1"), role.can()).can()).isEqualTo(role.can());
        }
    }

    @Test
    void rolesAreWhatTheirNamesSay() {
        assertThat(Role.of("nobody")).isNull();
        assertThat(Role.of("store-office")).isEqualTo(Role.STORE_OFFICE);
        assertThat(Role.TILL.can()).containsExactlyInAnyOrder(Operation.READ, Operation.RESERVE, Operation.ADJUST);
        assertThat(Role.SHOP.isForAllStores()).isTrue();
        assertThat(Role.OPS.isForAllStores()).isTrue();
        assertThat(Role.TILL.isForAllStores()).isFalse();
        assertThat(Role.ADMIN.can()).hasSize(Operation.values().length);
    }
}
