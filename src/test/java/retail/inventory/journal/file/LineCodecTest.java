package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Checksum;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;
import retail.inventory.journal.file.LineDecoder.DamagedLineException;
import retail.inventory.stock.Cause;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

class LineCodecTest {

    private static final StockKey A = new StockKey("S1", "A");
    private static final StockKey B = new StockKey("S2", "A");
    private static final UUID ID = new UUID(1, 2);
    private static final long AT = 1_795_000_000_123L;

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    private static final Event DOCUMENTED = Events.event(
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
            Event read = Objects.requireNonNull(
                    decoded("{\"sequence\":7,\"eventId\":\"" + DOCUMENTED.eventId() + "\",\"traceId\":" + wrong
                            + ",\"type\":\"ADJUST\",\"payload\":{\"storeId\":\"S1\",\"sku\":\"A\"}"));
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
        return AnyEvents.events();
    }

    private static Event traced(Event event, String traceId) {
        return new Event(
                event.sequence(),
                event.eventId(),
                event.atMs(),
                event.type(),
                event.movements(),
                event.expectedVersion(),
                event.cause(),
                event.request(),
                traceId);
    }

    @Example
    void writesWhyBehindWhatThePlanSays() {
        LineEncoder encoder = new LineEncoder();
        Cause cause = new Cause("till-7", "SOLD", "ORDER-1", "Ann", Instant.parse("2026-11-22T09:59:00.5Z"));
        encoder.event(
                42,
                LineEncoder.NO_CLAIM,
                new Event(0, ID, AT, Event.ADJUST, new Movement(A, -2, 3, 8), null, cause, null, null));

        assertThat(new String(line(encoder), StandardCharsets.US_ASCII))
                .contains("\"type\":\"ADJUST\",\"payload\":{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":-2,"
                        + "\"reason\":\"SOLD\",\"reference\":\"ORDER-1\",\"actor\":\"Ann\","
                        + "\"occurredAt\":\"2026-11-22T09:59:00.500Z\"},\"result\":{\"qty\":3,\"version\":8},"
                        + "\"by\":\"till-7\",\"crc\":\"");
    }

    @Example
    void writesMovementsOfSeveralSkusInTheOrderOfKeys() {
        LineEncoder encoder = new LineEncoder();
        Movements movements = Movements.of(List.of(new Movement(B, 2, 2, 1), new Movement(A, -2, 3, 8)));
        encoder.event(42, 41, new Event(0, ID, AT, "TRANSFER", movements, null, Cause.NONE, null, null));

        assertThat(new String(line(encoder), StandardCharsets.US_ASCII))
                .contains("\"type\":\"TRANSFER\",\"payload\":{},\"movements\":["
                        + "{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":-2,\"result\":{\"qty\":3,\"version\":8}},"
                        + "{\"storeId\":\"S2\",\"sku\":\"A\",\"delta\":2,\"result\":{\"qty\":2,\"version\":1}}"
                        + "],\"crc\":\"");
    }

    @Example
    void refusesAResultThatItWouldNotKeepWhole() {
        String line = "{\"sequence\":7,\"eventId\":\"" + ID + "\",\"type\":\"ADJUST\",\"payload\":{"
                + "\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":1,\"gift\":true},\"result\":{\"qty\":1,\"version\":1";
        assertThatCode(() -> decoded(line + "}")).doesNotThrowAnyException();
        assertThatThrownBy(() -> decoded(line + ",\"unsellable\":1}"))
                .isInstanceOfSatisfying(
                        DamagedLineException.class,
                        e -> assertThat(e.reason())
                                .contains("\"unsellable\"")
                                .contains("start the version that wrote it"));
    }

    private static byte[] line(LineEncoder encoder) {
        byte[] line = new byte[encoder.bytes().remaining() - 1];
        encoder.bytes().get(line);
        return line;
    }
}
