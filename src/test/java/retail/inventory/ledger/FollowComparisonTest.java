package retail.inventory.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;

class FollowComparisonTest {

    private static final String AT = "2026-11-22T10:00:00.123Z";
    private static final LedgerKey A = new LedgerKey("eire", "A");
    private static final LedgerKey B = new LedgerKey("france", "B");
    private static final Map<LedgerKey, Held> STORES = Map.of(A, held(5, 2, AT), B, held(0, 4, AT));

    @Test
    void findsEqualStockEqual() {
        assertThat(complaintsAbout(new HashMap<>(STORES))).isEmpty();
    }

    @Test
    void complainsOfOtherQuantityVersionAndTime() {
        assertThat(complaintsAbout(Map.of(A, held(6, 2, AT), B, held(0, 3, AT))))
                .containsExactly(
                        "eire / A: the stores has 5 at version 2 of %s, the view has 6 at version 2 of %s"
                                .formatted(AT, AT),
                        "france / B: the stores has 0 at version 4 of %s, the view has 0 at version 3 of %s"
                                .formatted(AT, AT));
        assertThat(complaintsAbout(Map.of(A, held(5, 2, "2026-11-22T10:00:00.124Z"), B, held(0, 4, AT))))
                .hasSize(1);
    }

    @Test
    void complainsOfKeysThatOneSideLacks() {
        LedgerKey stray = new LedgerKey("eire", "stray");

        assertThat(complaintsAbout(Map.of(A, held(5, 2, AT))))
                .containsExactly("france / B: the stores has 0 at version 4 of %s, the view has nothing".formatted(AT));
        assertThat(complaintsAbout(Map.of(A, held(5, 2, AT), B, held(0, 4, AT), stray, held(1, 1, AT))))
                .containsExactly(
                        "eire / stray: the stores has nothing, the view has 1 at version 1 of %s".formatted(AT));
    }

    @Test
    void readsEveryKeyOfTheCentralInventory() {
        assertThat(central("""
                "eire":{"A":{"qty":5,"version":2,"updatedAt":"%1$s"}},
                "france":{"B":{"qty":0,"version":4,"updatedAt":"%1$s"},"M:1 x":{"qty":1,"version":1,"updatedAt":"%1$s"}}
                """.formatted(AT)))
                .containsAllEntriesOf(STORES)
                .containsEntry(new LedgerKey("france", "M:1 x"), held(1, 1, AT))
                .hasSize(3);
        assertThat(central("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"eire\":{\"A\":{\"qty\":5,\"version\":2}}",
                "\"eire\":{\"A\":{\"qty\":\"5\",\"version\":2,\"updatedAt\":\"x\"}}",
                "\"eire\":{\"A\":null}",
                "\"eire\":[]",
                "\"eire\":{\"A\":{\"qty\":5,\"version\":2,\"updatedAt\":\"x\"}",
                "\"eire\":{\"A\":{\"qty\":5,\"version\":2,\"updatedAt\":\"x\"},"
                        + "\"A\":{\"qty\":5,\"version\":2,\"updatedAt\":\"x\"}}"
            })
    void refusesCentralInventoryItDoesNotUnderstand(String stores) {
        assertThatThrownBy(() -> central(stores)).isNotNull();
    }

    @Test
    void oneCheckThatDoesNotHoldDecidesTheVerdict() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Findings findings = new Findings(new PrintStream(printed, true, StandardCharsets.UTF_8));

        findings.check("log", () -> "ends at 9");
        assertThat(findings.none()).isTrue();
        findings.check("central view", () -> {
            findings.add(Kind.OTHER, "A differs");
            return "1 differs";
        });
        findings.check("feed", () -> "");

        assertThat(findings.none()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("ok +log +ends at 9")
                .contains("A differs")
                .containsPattern("WRONG +central view +1 differs")
                .containsPattern("ok +feed");
    }

    private static List<String> complaintsAbout(Map<LedgerKey, Held> view) {
        return Held.differences("the stores", STORES, "the view", view);
    }

    private static Held held(long qty, long version, String at) {
        return new Held(new Stock(qty, version), at);
    }

    private static Map<LedgerKey, Held> central(String stores) {
        return FollowChecks.centralStock(
                Answer.json("{\"asOf\":{\"sequence\":42},\"stale\":false,\"inventory\":{" + stores + "}}"));
    }
}
