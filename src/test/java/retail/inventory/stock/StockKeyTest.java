package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"A", "z", "0", "9", "STORE001", "store.1", "a_b", "a-b", "9._-", "a.", "a-", "a_", "Z9z0Aa"})
    void takesIdsForBothParts(String id) {
        assertThat(StockKey.isStoreId(id)).isTrue();
        assertThat(StockKey.isSku(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BANK CHARGES", "a  b", "a:b", "a:", "DCGS 0066 N"})
    void onlySkusHaveColonsAndInnerSpaces(String id) {
        assertThat(StockKey.isSku(id)).isTrue();
        assertThat(StockKey.isStoreId(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a ", "a  ", ".a", "_a", "-a", ":a", ".", "..", "../a", "~a", "-"})
    void refusesWrongEnds(String id) {
        assertThat(StockKey.isStoreId(id)).isFalse();
        assertThat(StockKey.isSku(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b",
                "a\\b",
                "a~b",
                "a\tb",
                "a\nb",
                "ab\n",
                "a\0b",
                "ab\0",
                "a\u00a0b",
                "a,b",
                "a|b",
                "a\"b",
                "a'b",
                "a%b",
                "a+b",
                "a@b",
                "a[b",
                "a`b",
                "a{b",
                "a*b",
                "a?b",
                "a#b",
                "a&b",
                "a\u007fb",
                "a;b"
            })
    void refusesEveryOtherSign(String id) {
        assertThat(StockKey.isStoreId(id)).isFalse();
        assertThat(StockKey.isSku(id)).isFalse();
    }

    /** Characters that Java calls letters or digits, and that look like the allowed ones. */
    @ParameterizedTest
    @ValueSource(strings = {"ä", "é", "ß", "Ω", "А", "ａ", "１", "٣", "²", "ſ", "\u212a", "日", "\ud835\udfce"})
    void refusesLettersAndDigitsBeyondAscii(String letter) {
        for (String id : new String[] {letter, "a" + letter, letter + "a"}) {
            assertThat(StockKey.isStoreId(id)).as("store id %s", id).isFalse();
            assertThat(StockKey.isSku(id)).as("SKU %s", id).isFalse();
        }
    }

    @Test
    void takes64CharactersAndRefuses65() {
        assertThat(StockKey.isStoreId("a".repeat(64))).isTrue();
        assertThat(StockKey.isSku("a".repeat(64))).isTrue();
        assertThat(StockKey.isSku("a" + " ".repeat(62) + "b")).isTrue();
        assertThat(StockKey.isStoreId("a".repeat(65))).isFalse();
        assertThat(StockKey.isSku("a".repeat(65))).isFalse();
    }

    @Test
    void caseMattersInBothParts() {
        StockKey key = new StockKey("Store1", "85123A");
        assertThat(key).isEqualTo(new StockKey("Store1", "85123A"));
        assertThat(key).isNotEqualTo(new StockKey("Store1", "85123a")).isNotEqualTo(new StockKey("STORE1", "85123A"));
    }

    @Test
    void constructorHoldsBothRulesAndNamesThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StockKey("STORE 1", "SKU1"))
                .withMessage("storeId must be " + StockKey.STORE_ID_RULE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StockKey("STORE1", "SKU1 "))
                .withMessage("sku must be " + StockKey.SKU_RULE);
    }
}
