package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KeyTextTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** By another program: zlib.crc32 and hashlib.sha256 of Python. */
    private static final String KNOWN = "invk_abcdefghij01_" + "0".repeat(42) + "1" + "2g5WFw";

    private static String key() {
        return KeyText.make(KeyText.newId(RANDOM), RANDOM);
    }

    @Example
    void hasTheFormOfTheDocument() {
        for (int i = 0; i < 500; i++) {
            String id = KeyText.newId(RANDOM);
            String text = KeyText.make(id, RANDOM);
            assertThat(text).matches("invk_[0-9a-z]{12}_[0-9A-Za-z]{49}").hasSize(KeyText.LENGTH);
            assertThat(KeyText.fault(text)).isNull();
            assertThat(KeyText.idIn(text)).isEqualTo(id);
            assertThat(KeyText.isId(id)).isTrue();
            assertThat(text).endsWith(KeyText.lastFour(text));
            assertThat(KeyText.lastFour(text)).hasSize(4);
        }
    }

    @Example
    void isAnotherOneEachTime() {
        Set<String> ids = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            String text = key();
            ids.add(text.substring(5, 17));
            secrets.add(text.substring(18, 61));
            all.append(text, 18, 61);
        }
        assertThat(ids).hasSize(2000);
        assertThat(secrets).hasSize(2000);
        assertThat(DIGITS.chars()).allMatch(digit -> all.indexOf(Character.toString(digit)) >= 0);
    }

    @Example
    void checksumAndHashAreThoseThatOthersCompute() {
        assertThat(KeyText.fault(KNOWN)).isNull();
        assertThat(HexFormat.of().formatHex(KeyText.hash(KNOWN)))
                .isEqualTo("f738e4adbf645a5df0eaf043fcf2634a041e444c7823959f9e811785834ec2ee");
    }

    @Property
    void noticesEachMistypedCharacter(
            @ForAll @IntRange(min = 0, max = 66) int at, @ForAll @IntRange(max = 61) int digit) {
        String text = key();
        char typed = DIGITS.charAt(digit);
        String mistyped = text.substring(0, at) + typed + text.substring(at + 1);
        assertThat(KeyText.fault(mistyped) == null).isEqualTo(mistyped.equals(text));
    }

    @Property
    void noticesTwoCharactersInEachOthersPlaces(@ForAll @IntRange(min = 0, max = 65) int at) {
        String text = key();
        String swapped = text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
        assertThat(KeyText.fault(swapped) == null).isEqualTo(swapped.equals(text));
    }

    @Example
    void saysWhatIsWrong() {
        String text = key();
        assertThat(KeyText.fault("sk_" + text)).isEqualTo("It does not begin with invk_, as keys do.");
        assertThat(KeyText.fault(text + "a")).isEqualTo("It has 68 characters, and a key has 67.");
        assertThat(KeyText.fault(text.substring(1))).contains("does not begin");
        assertThat(KeyText.fault(text.substring(0, 30) + "!" + text.substring(31)))
                .contains("a character that no key has");
        assertThat(KeyText.fault(text.substring(0, 66) + (text.endsWith("0") ? "1" : "0")))
                .isEqualTo("Its checksum does not match: a character is mistyped or missing.");
    }

    @Example
    void findsAnIdOnlyInWhatCanBeAKey() {
        String text = key();
        assertThat(KeyText.idIn("")).isNull();
        assertThat(KeyText.idIn(text + "a")).isNull();
        assertThat(KeyText.idIn("x" + text.substring(1))).isNull();
        assertThat(KeyText.idIn(text.substring(0, 17) + "a" + text.substring(18)))
                .isNull();
        assertThat(KeyText.isId("ABCDEFGHIJKL")).isFalse();
        assertThat(KeyText.isId("abc")).isFalse();
    }
}
