package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Checksum;
import retail.inventory.journal.Event;
import retail.inventory.journal.file.LineDecoder.DamagedLineException;

class LineCodecTest {

    private static final long LARGEST = (1L << 53) - 1;

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    private static final Event DOCUMENTED = new Event(
            Event.NOT_YET,
            UUID.fromString("01990000-0000-7000-8000-000000000001"),
            1_795_341_600_123L,
            Event.RESERVE,
            "STORE001",
            "SKU123",
            5,
            7L,
            12,
            8,
            new Event.KeyedRequest("a\"b\\c", "ff"));

    private final LineDecoder decoder = new LineDecoder();

    @Property(tries = 500)
    void readsBackWhatItWrote(
            @ForAll @LongRange(min = 1) long sequence, @ForAll boolean claims, @ForAll("events") Event event)
            throws DamagedLineException {
        LineEncoder encoder = new LineEncoder();
        encoder.event(sequence, claims ? sequence - 1 : LineEncoder.NO_CLAIM, event);
        byte[] line = line(encoder);

        LineDecoder.Line read = decoder.decode(line, 0, line.length);

        assertThat(read.sequence()).isEqualTo(sequence);
        assertThat(read.durableClaim()).isEqualTo(claims ? sequence - 1 : LineEncoder.NO_CLAIM);
        assertThat(read.event()).isEqualTo(event.at(sequence));
        assertThat(new String(line, StandardCharsets.ISO_8859_1))
                .as("one line of ASCII")
                .matches("[ -~]*");
    }

    @Property(tries = 20)
    void detectsEveryFlippedBit(@ForAll("events") Event event) {
        LineEncoder encoder = new LineEncoder();
        encoder.event(42, 41, event);
        byte[] line = line(encoder);

        for (int bit = 0; bit < line.length * 8; bit++) {
            byte[] flipped = line.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> decoder.decode(flipped, 0, flipped.length))
                    .as("bit " + bit)
                    .isInstanceOf(DamagedLineException.class);
        }
    }

    @Property(tries = 20)
    void detectsEveryTruncation(@ForAll("events") Event event) {
        LineEncoder encoder = new LineEncoder();
        encoder.event(42, 41, event);
        byte[] line = line(encoder);

        for (int length = 0; length < line.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> decoder.decode(line, 0, cut)).isInstanceOf(DamagedLineException.class);
        }
    }

    @Example
    void writesTheFormatOfTheDocumentation() {
        LineEncoder encoder = new LineEncoder();
        encoder.event(42, 41, DOCUMENTED);

        assertThat(new String(line(encoder), StandardCharsets.US_ASCII))
                .startsWith("{\"sequence\":42,\"durable\":41,\"eventId\":\"01990000-0000-7000-8000-000000000001\","
                        + "\"ts\":\"2026-11-22T10:00:00.123Z\",\"type\":\"RESERVE\",\"payload\":{"
                        + "\"storeId\":\"STORE001\",\"sku\":\"SKU123\",\"qty\":5,\"expectedVersion\":7},"
                        + "\"result\":{\"qty\":12,\"version\":8},\"key\":\"a\\\"b\\\\c\",\"request\":\"ff\",\"crc\":\"")
                .endsWith("\"}");
    }

    @Example
    void writesATraceRightBeforeTheChecksumAndOnlyWhenThereIsOne() {
        LineEncoder with = new LineEncoder();
        with.event(42, 41, traced(DOCUMENTED, TRACE_ID));
        LineEncoder without = new LineEncoder();
        without.event(42, 41, DOCUMENTED);

        String plain = new String(line(without), StandardCharsets.US_ASCII);
        String before = plain.substring(0, plain.indexOf(",\"crc\""));
        assertThat(new String(line(with), StandardCharsets.US_ASCII))
                .startsWith(before + ",\"traceId\":\"" + TRACE_ID + "\",\"crc\":\"");
    }

    @Example
    void readsAnEventWhoseTraceIsNotRightAsOneWithoutTrace() throws DamagedLineException {
        for (String wrong : List.of(
                "\"0AF7651916CD43DD8448EB211C80319C\"",
                "\"" + "0".repeat(32) + "\"",
                "\"0af7651916cd43dd8448eb211c80319\"",
                "7",
                "null",
                "{\"id\":[\"" + TRACE_ID + "\"]}")) {
            Event read = Objects.requireNonNull(decoded("{\"sequence\":7,\"eventId\":\"" + DOCUMENTED.eventId()
                    + "\",\"traceId\":" + wrong + ",\"type\":\"ADJUST\""));
            assertThat(read.traceId()).as(wrong).isNull();
            assertThat(read.type()).as(wrong).isEqualTo(Event.ADJUST);
        }
    }

    /** The event of a line that somebody else wrote; it lacks its checksum and end. */
    private @Nullable Event decoded(String begun) throws DamagedLineException {
        byte[] line = Arrays.copyOf(begun.getBytes(StandardCharsets.US_ASCII), begun.length() + Checksum.BYTES);
        Checksum.append(line, 0, begun.length());
        return decoder.decode(line, 0, line.length).event();
    }

    @Example
    void readsALineOfALostEventAsNoEvent() throws DamagedLineException {
        LineEncoder encoder = new LineEncoder();
        encoder.quarantined(9);
        byte[] line = line(encoder);

        LineDecoder.Line read = decoder.decode(line, 0, line.length);

        assertThat(read.sequence()).isEqualTo(9);
        assertThat(read.event()).isNull();
    }

    @Provide
    Arbitrary<Event> events() {
        Arbitrary<String> keys = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars("\"\\\n\u0000ü€😀")
                .ofMinLength(1)
                .ofMaxLength(80);
        Arbitrary<Long> amounts = Arbitraries.longs().between(-LARGEST, LARGEST);
        Arbitrary<Long> numbers = Arbitraries.longs().between(1, LARGEST);
        Arbitrary<@Nullable String> traceIds = Arbitraries.strings()
                .withChars("0123456789abcdef")
                .ofLength(32)
                .filter(Event::isTraceId)
                .injectNull(0.5);
        return Combinators.combine(withoutTrace(amounts, numbers, keys), traceIds)
                .as(LineCodecTest::traced);
    }

    private static Arbitrary<Event> withoutTrace(
            Arbitrary<Long> amounts, Arbitrary<Long> numbers, Arbitrary<String> keys) {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs().between(-1_000_000_000_000L, 200_000_000_000_000L),
                        Arbitraries.of(Event.ADJUST, Event.RESERVE, "TRANSFER"),
                        Arbitraries.strings()
                                .withCharRange('0', 'z')
                                .alpha()
                                .ofMinLength(1)
                                .ofMaxLength(64),
                        amounts,
                        numbers.injectNull(0.5),
                        numbers,
                        keys.injectNull(0.5))
                .as((id, at, type, name, amount, expected, version, key) -> new Event(
                        Event.NOT_YET,
                        new UUID(id, ~id),
                        at,
                        type,
                        name,
                        name + " /1:2\\\"\u00fc\u20ac\ud83d\udc55",
                        amount,
                        expected,
                        Math.abs(amount),
                        version,
                        key == null ? null : new Event.KeyedRequest(key, "abc" + key.hashCode())));
    }

    private static Event traced(Event event, @Nullable String traceId) {
        return new Event(
                event.sequence(),
                event.eventId(),
                event.atMs(),
                event.type(),
                event.storeId(),
                event.sku(),
                event.amount(),
                event.expectedVersion(),
                event.resultQty(),
                event.resultVersion(),
                event.request(),
                traceId);
    }

    private static byte[] line(LineEncoder encoder) {
        byte[] line = new byte[encoder.bytes().remaining() - 1];
        encoder.bytes().get(line);
        return line;
    }
}
