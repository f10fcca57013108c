package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import retail.inventory.files.Checksum;

class KeyLineCodecTest {

    private static final String HASH = "ab".repeat(32);

    private static KeyLine decode(byte[] bytes) {
        return KeyLineCodec.decode(bytes, 0, bytes.length);
    }

    /** As somebody would write it who knows how to compute the checksum. */
    private static byte[] sealed(String object) {
        byte[] text = object.getBytes(StandardCharsets.UTF_8);
        byte[] line = Arrays.copyOf(text, text.length - 1 + Checksum.BYTES);
        Checksum.append(line, 0, text.length - 1);
        return line;
    }

    private static void assertRefused(String object, String why) {
        assertThatIllegalArgumentException()
                .as(object)
                .isThrownBy(() -> decode(sealed(object)))
                .withMessageContaining(why);
    }

    @Provide
    Arbitrary<KeyLine> lines() {
        return AnyKeyLines.any();
    }

    @Property
    void readsWhatItWrites(@ForAll("lines") KeyLine line) {
        byte[] bytes = KeyLineCodec.encode(line);
        assertThat(decode(bytes)).isEqualTo(line);
        assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("\n");
    }

    @Property(tries = 300)
    void refusesWhatIsCutOffOrChanged(
            @ForAll("lines") KeyLine line,
            @ForAll @IntRange(max = 10_000) int at,
            @ForAll @IntRange(min = 1, max = 255) int bits) {
        byte[] bytes = KeyLineCodec.encode(line);
        byte[] changed = bytes.clone();
        changed[at % bytes.length] ^= (byte) bits;
        assertThatIllegalArgumentException().isThrownBy(() -> decode(changed));
        assertThatIllegalArgumentException().isThrownBy(() -> KeyLineCodec.decode(bytes, 0, at % bytes.length));
    }

    @Example
    void isWrittenAsTheDocumentSays() {
        KeyLine created = new KeyLine.Created(
                Instant.parse("2026-12-01T10:00:00Z"),
                "abcdefghij01",
                "till-7",
                "till",
                List.of(new Grant(List.of("S2", "S1"), Set.of(Operation.ADJUST, Operation.READ))),
                Instant.parse("2027-12-01T10:00:00Z"),
                KeyRecord.Secret.of(HASH, "wxyz"));
        assertThat(new String(KeyLineCodec.encode(created), StandardCharsets.UTF_8))
                .startsWith("{\"format\":1,\"op\":\"create\",\"at\":\"2026-12-01T10:00:00Z\",\"id\":\"abcdefghij01\","
                        + "\"name\":\"till-7\",\"role\":\"till\",\"grants\":[{\"stores\":[\"S1\",\"S2\"],"
                        + "\"can\":[\"read\",\"adjust\"]}],\"expires\":\"2027-12-01T10:00:00Z\",\"sha256\":\"" + HASH
                        + "\",\"last4\":\"wxyz\",\"crc\":\"");
    }

    @Example
    void refusesWhatALaterVersionMayMean() {
        String start = "{\"format\":1,\"at\":\"2026-12-01T10:00:00Z\",";
        assertThat(decode(sealed(start + "\"op\":\"revoke\",\"id\":\"abcdefghij01\"}")))
                .isEqualTo(new KeyLine.Revoked(Instant.parse("2026-12-01T10:00:00Z"), "abcdefghij01"));
        assertRefused(start + "\"op\":\"revoke\",\"id\":\"abcdefghij01\",\"why\":\"lost\"}", "[why]");
        assertRefused(start + "\"op\":\"deny\",\"subject\":\"a\",\"id\":\"b\"}", "[id]");
        assertRefused(start + "\"op\":\"suspend\",\"id\":\"abcdefghij01\"}", "\"suspend\"");
        assertRefused(
                "{\"format\":2,\"at\":\"2026-12-01T10:00:00Z\",\"op\":\"revoke\",\"id\":\"a\"}", "another format");
        assertRefused("{\"at\":\"2026-12-01T10:00:00Z\",\"op\":\"revoke\",\"id\":\"a\"}", "another format");
        assertRefused(start + "\"op\":\"revoke\",\"id\":\"a\",\"id\":\"b\"}", "not JSON");
        assertRefused("[]", "not JSON");
    }

    @Example
    void refusesWhatIsNotAsItShouldBe() {
        String rotate =
                "{\"format\":1,\"at\":\"2026-12-01T10:00:00Z\",\"op\":\"rotate\",\"id\":\"abcdefghij01\",\"sha256\":\"%s\","
                        + "\"last4\":\"%s\",\"beforeUntil\":\"%s\"}";
        assertThat(decode(sealed(rotate.formatted(HASH, "wxyz", "2026-12-01T10:00:00Z"))))
                .isInstanceOf(KeyLine.Rotated.class);
        assertRefused(rotate.formatted(HASH.substring(2), "wxyz", "2026-12-01T10:00:00Z"), "SHA-256");
        assertRefused(rotate.formatted("x" + HASH.substring(1), "wxyz", "2026-12-01T10:00:00Z"), "");
        assertRefused(rotate.formatted(HASH, "wxy", "2026-12-01T10:00:00Z"), "last four");
        assertRefused(rotate.formatted(HASH, "wxyz", "tomorrow"), "a time that is none");
        assertRefused(rotate.replace("\"%s\"", "7"), "where a text should be");
        assertRefused(
                rotate.formatted(HASH, "wxyz", "2026-12-01T10:00:00Z").replace("\"op\"", "\"only\":1,\"op\""),
                "[only]");
        String create =
                "{\"format\":1,\"at\":\"2026-12-01T10:00:00Z\",\"op\":\"create\",\"id\":\"%s\",\"name\":\"%s\",\"grants\":%s,"
                        + "\"sha256\":\"" + HASH + "\",\"last4\":\"wxyz\"}";
        String grants = "[{\"stores\":[\"S1\"],\"can\":[\"read\"]}]";
        assertThat(decode(sealed(create.formatted("abcdefghij01", "a", grants))))
                .isInstanceOf(KeyLine.Created.class);
        assertRefused(create.formatted("short", "a", grants), "not the id or name");
        assertRefused(create.formatted("abcdefghij01", "a", grants).replace("\"op\"", "\"hours\":1,\"op\""), "[hours]");
        assertRefused(create.formatted("abcdefghij01", "a b", grants), "not the id or name");
        assertRefused(create.formatted("abcdefghij01", "a", "[]"), "no grant");
        assertRefused(create.formatted("abcdefghij01", "a", "{}"), "where a list should be");
        assertRefused(
                create.formatted("abcdefghij01", "a", "[{\"stores\":[\"S1\"],\"can\":[\"all\"]}]"), "no operation");
        assertRefused(
                create.formatted("abcdefghij01", "a", "[{\"stores\":[\"S1\"],\"can\":[\"sync\"]}]"), "name all stores");
        assertRefused(
                create.formatted("abcdefghij01", "a", "[{\"stores\":[\"S1\"],\"can\":[\"read\"],\"not\":[\"S2\"]}]"),
                "a grant that is not of stores");
        assertRefused("{\"format\":1,\"at\":\"2026-12-01T10:00:00Z\",\"op\":\"deny\",\"subject\":\"\"}", "no subject");
    }
}
