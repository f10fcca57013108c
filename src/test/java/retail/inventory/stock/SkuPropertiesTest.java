package retail.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The rule for SKUs against the same rule in other words. */
class SkuPropertiesTest {

    private static final Pattern PRINTABLE = Pattern.compile("(?! )[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]{1,64}(?<! )");
    private static final Pattern DOT_PART = Pattern.compile("(?:^|.*/)\\.\\.?(?:/.*|$)");

    @Property(tries = 3000)
    void isWhatTheDocumentSays(@ForAll("texts") String text) {
        boolean expected = PRINTABLE.matcher(text).matches()
                && !DOT_PART.matcher(text).matches()
                && text.getBytes(StandardCharsets.UTF_8).length <= 255
                && Normalizer.normalize(text, Normalizer.Form.NFC).equals(text);

        assertThat(StockKey.isSku(text))
                .as("'%s': %s", text, StockKey.skuFault(text))
                .isEqualTo(expected);
    }

    @Property(tries = 1000)
    void comesInTheOrderOfItsBytes(@ForAll("texts") String a, @ForAll("texts") String b) {
        int byBytes = Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

        assertThat(Integer.signum(StockKey.SKU_ORDER.compare(a, b))).isEqualTo(Integer.signum(byBytes));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> points = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.integers().between(' ', '~')),
                Tuple.of(2, Arbitraries.of((int) '/', (int) '.', (int) ' ')),
                Tuple.of(2, Arbitraries.integers().between(0, 0x3FF)),
                Tuple.of(
                        1,
                        Arbitraries.integers()
                                .between(0x400, 0x10FFFF)
                                .filter(point -> point < 0xD800 || point > 0xDFFF)));
        Arbitrary<Integer> plain = Arbitraries.integers().between('!', '~');
        return Arbitraries.oneOf(
                points.list().ofMaxSize(8).map(SkuPropertiesTest::text),
                plain.list().ofMaxSize(70).map(SkuPropertiesTest::text),
                Arbitraries.of("日", "é", "👕", "/", ".", "a")
                        .list()
                        .ofMaxSize(70)
                        .map(parts -> String.join("", parts)));
    }

    private static String text(List<Integer> points) {
        StringBuilder text = new StringBuilder();
        points.forEach(text::appendCodePoint);
        return text.toString();
    }
}
