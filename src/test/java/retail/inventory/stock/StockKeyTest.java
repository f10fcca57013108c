package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StockKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"A", "z", "0", "9", "STORE001", "store.1", "a_b", "a-b", "9._-", "a.", "a-", "a_", "Z9z0Aa"})
    void takesIdsForBothParts(String id) {
        assertThat(StockKey.isStoreId(id)).isTrue();
        assertThat(StockKey.isSku(id)).isTrue();
    }

    /** As catalogues of parts, paints, cables and shops of all countries have them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BANK CHARGES",
                "a  b",
                "a:b",
                "a:",
                "LM555CN/NOPB",
                "4N35#",
                "1,5 kg",
                "A+B",
                "M8 (x40)",
                "R&D",
                ".5in",
                "/",
                "//",
                "a/b/",
                "...",
                ".../a",
                "a/..b",
                "-1",
                "~",
                "!",
                "100%",
                "%41",
                "a?b=c;d",
                "\"quoted\"",
                "C:\\x",
                "<b>",
                "[1]{2}|^`'*$@=",
                "Äpfel",
                "Ø 8×40",
                "ß",
                "А",
                "Ω",
                "日本酒",
                "ａ",
                "１",
                "٣",
                "²",
                "क्षि",
                "❤\ufe0f",
                "\ud835\udfce",
                "👕",
                "€"
            })
    void aSkuIsAnyPrintableText(String sku) {
        assertThat(StockKey.skuFault(sku)).isNull();
        assertThat(new StockKey("S1", sku).sku()).isEqualTo(sku);
        assertThat(StockKey.isStoreId(sku)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " a", ".a", "_a", "-a", ":a", ".", "..", "../a", "~a", "-", "a/b", "a:", "a\n", "ä", "１"
            })
    void refusesOtherStoreIds(String id) {
        assertThat(StockKey.isStoreId(id)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',must not be empty",
                "' ',must not begin or end with a space",
                "' a',must not begin or end with a space",
                "'ä ',must not begin or end with a space",
                "'a\tb',must not have a control character (U+0009)",
                "'a\nb',must not have a control character (U+000A)",
                "'ab\0',must not have a control character (U+0000)",
                "'a\u007fb',must not have a control character (U+007F)",
                "'ä\u0085',must not have a control character (U+0085)",
                "'a\u00a0b','must not have a space other than the plain one, U+0020 (U+00A0)'",
                "'a\u3000b','must not have a space other than the plain one, U+0020 (U+3000)'",
                "'a\u2028b',must not have a line break (U+2028)",
                "'a\u200db',must not have an invisible format character (U+200D)",
                "'a\u202eb',must not have an invisible format character (U+202E)",
                "'\ufeffa',must not have an invisible format character (U+FEFF)",
                "'\ue000',must not have a character of private use (U+E000)",
                "'\udbff\udffd',must not have a character of private use (U+10FFFD)",
                "'\u0378',must not have a character that Unicode has not assigned (U+0378)",
                "'\uffff',must not have a character that Unicode has not assigned (U+FFFF)"
            })
    void saysWhatIsWrongWithASku(String sku, String fault) {
        assertThat(StockKey.skuFault(sku)).isEqualTo(fault);
        assertThat(StockKey.isSku(sku)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\ud800", "\udc00a", "\ud83d\ud83d\udc55"})
    void refusesHalvesOfSurrogatePairs(String sku) {
        assertThat(StockKey.skuFault(sku)).startsWith("must not have half of a surrogate pair");
    }

    /** What is written with a letter and a mark where one sign will do, and signs that stand for others. */
    @ParameterizedTest
    @ValueSource(strings = {"A\u0308pfel", "o\u0302\u0323", "\u212a", "\u2126", "\u1100\u1161"})
    void refusesTextThatIsNotInNormalForm(String sku) {
        assertThat(StockKey.skuFault(sku)).contains("NFC");
        assertThat(StockKey.isSku(Normalizer.normalize(sku, Normalizer.Form.NFC)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "../a", "a/..", "a/./b", "a/../b", "./", "/.", "/..", "ä/..", "a//."})
    void refusesDotsBetweenSlashes(String sku) {
        assertThat(StockKey.skuFault(sku)).startsWith("must not have a part between slashes that is");
    }

    @Test
    void takes64CharactersAndRefuses65() {
        assertThat(StockKey.isStoreId("a".repeat(64))).isTrue();
        assertThat(StockKey.isStoreId("a".repeat(65))).isFalse();
        assertThat(StockKey.isSku("a" + " ".repeat(62) + "b")).isTrue();
        for (String one : List.of("a", "/", "ä", "日", "👕")) {
            String fits = one.repeat(64).substring(0, one.equals("👕") ? 2 * 63 : 64);
            assertThat(StockKey.isSku(fits)).as(one).isTrue();
        }
        for (String one : List.of("a", "ä", "日", "👕")) {
            assertThat(StockKey.skuFault(one.repeat(65))).as(one).startsWith("must have at most 64 characters");
        }
    }

    @Test
    void takes255BytesAndRefuses256() {
        assertThat(StockKey.isSku("👕".repeat(63) + "日")).as("255 bytes").isTrue();
        assertThat(StockKey.skuFault("👕".repeat(64))).as("256 bytes").contains("255 bytes of UTF-8");
    }

    @Test
    void ordersSkusByCodePointsAsTheirBytesAre() {
        List<String> skus = new ArrayList<>(List.of(
                "👕", "ﬀ", "日", "ä", "z", "a b", "a", "Z", "A", "9", "/", " a", "aa", "a👕", "aﬀ", "\ud835\udfce"));
        List<String> byBytes = new ArrayList<>(skus);
        byBytes.sort((a, b) ->
                Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));

        skus.sort(StockKey.SKU_ORDER);

        assertThat(skus).isEqualTo(byBytes);
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
                .withMessage("sku must not begin or end with a space");
    }
}
