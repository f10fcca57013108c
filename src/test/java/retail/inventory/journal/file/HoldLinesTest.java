package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldChange;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.Movement;
import retail.inventory.stock.Movements;
import retail.inventory.stock.StockKey;

/** Lines of events about holds, and of others that had to do with some. */
class HoldLinesTest {

    private static final StockKey A = new StockKey("S1", "A");
    private static final StockKey B = new StockKey("S2", "B");
    private static final long PLACED = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();
    private static final long AT = PLACED + 5000;
    private static final long ENDS = PLACED + 600_000;

    private final LineDecoder decoder = new LineDecoder();

    @Property(tries = 500)
    void whatHappenedToAHoldComesBack(@ForAll("ofHolds") Event event) throws Exception {
        comesBack(event);
    }

    @Property(tries = 500)
    void whatHappenedBesideHoldsComesBack(@ForAll("besideHolds") Event event) throws Exception {
        comesBack(event);
    }

    private void comesBack(Event event) throws Exception {
        byte[] line = line(event);
        assertThat(decoder.decode(line, 0, line.length).event()).isEqualTo(event.at(42));
        assertThat(new String(line, StandardCharsets.ISO_8859_1)).matches("[ -~]*");
    }

    @Provide
    Arbitrary<Event> ofHolds() {
        return AnyHoldEvents.ofHolds();
    }

    @Provide
    Arbitrary<Event> besideHolds() {
        return AnyHoldEvents.besideHolds();
    }

    @Example
    void placingIsToldAsDocumented() {
        Hold hold = hold(1, Hold.State.HELD, AT, "ORDER-77", new HoldLine(A, 1, 1, 0), new HoldLine(B, 6, 5, 0));
        Movement lapsed = new Movement(A, 0, 1, 3, new HoldChange(1, own(1), List.of("h1", "h0")));
        Movement partial = new Movement(B, 0, 9, 2, new HoldChange(9, own(5), List.of()));
        assertThat(told(Event.HOLD, hold, new Cause("local", null, "ORDER-77", "web", null), lapsed, partial))
                .isEqualTo("\"type\":\"HOLD\",\"payload\":{\"holdId\":\"h2\",\"holdVersion\":1,\"state\":\"HELD\","
                        + "\"expiresAt\":\"2026-11-22T10:10:00.000Z\",\"holdReference\":\"ORDER-77\","
                        + "\"reference\":\"ORDER-77\",\"actor\":\"web\"},\"movements\":["
                        + "{\"storeId\":\"S1\",\"sku\":\"A\",\"hold\":1,\"lapsed\":[\"h1\",\"h0\"],"
                        + "\"result\":{\"qty\":1,\"held\":1,\"version\":3}},"
                        + "{\"storeId\":\"S2\",\"sku\":\"B\",\"hold\":5,\"requested\":6,"
                        + "\"result\":{\"qty\":9,\"held\":9,\"version\":2}}]");
    }

    @Example
    void aPartThatWasTakenIsToldWithWhatDidNotMove() {
        Hold hold = hold(4, Hold.State.EXPIRED, PLACED, null, new HoldLine(A, 6, 2, 4), new HoldLine(B, 3, 3, 0));
        Movement taken = new Movement(A, -4, 6, 9, new HoldChange(0, own(0), List.of()));
        assertThat(told(Event.CONFIRM, late(hold), Cause.NONE, taken))
                .isEqualTo(
                        "\"type\":\"CONFIRM\",\"payload\":{\"holdId\":\"h2\",\"holdVersion\":4,\"state\":\"EXPIRED\","
                                + "\"placedAt\":\"2026-11-22T10:00:00.000Z\",\"expiresAt\":\"2026-11-22T10:10:00.000Z\","
                                + "\"late\":true,\"unmoved\":[{\"storeId\":\"S2\",\"sku\":\"B\",\"claimed\":3}]},"
                                + "\"movements\":[{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":-4,\"hold\":0,\"claimed\":2,"
                                + "\"requested\":6,\"confirmed\":4,\"result\":{\"qty\":6,\"version\":9}}]");
    }

    /** As a log without holds has always had them, byte for byte: whatever is said of holds is absent. */
    @Example
    void whereNothingIsHeldNothingIsToldOfIt() {
        assertThat(told(Event.RESERVE, null, Cause.NONE, new Movement(A, -1, 4, 7)))
                .isEqualTo("\"type\":\"RESERVE\",\"payload\":{\"storeId\":\"S1\",\"sku\":\"A\",\"qty\":1},"
                        + "\"result\":{\"qty\":4,\"version\":7}");
        assertThat(told(Event.ADJUST, null, Cause.NONE, new Movement(A, -1, 4, 7)))
                .isEqualTo("\"type\":\"ADJUST\",\"payload\":{\"storeId\":\"S1\",\"sku\":\"A\",\"delta\":-1},"
                        + "\"result\":{\"qty\":4,\"version\":7}");
    }

    @Example
    void salesBesideHoldsTellWhatIsHeld() {
        assertThat(told(Event.RESERVE, null, Cause.NONE, new Movement(A, -1, 4, 7, new HoldChange(3, null, List.of()))))
                .isEqualTo("\"type\":\"RESERVE\",\"payload\":{},\"movements\":[{\"storeId\":\"S1\",\"sku\":\"A\","
                        + "\"delta\":-1,\"result\":{\"qty\":4,\"held\":3,\"version\":7}}]");
        assertThat(told(
                        Event.ADJUST,
                        null,
                        Cause.NONE,
                        new Movement(A, 2, 4, 7, new HoldChange(0, null, List.of("h1")))))
                .isEqualTo("\"type\":\"ADJUST\",\"payload\":{},\"movements\":[{\"storeId\":\"S1\",\"sku\":\"A\","
                        + "\"delta\":2,\"lapsed\":[\"h1\"],\"result\":{\"qty\":4,\"version\":7}}]");
    }

    /** 100 SKUs are held, 100 others no longer, and each that had ended is named: nothing is as long. */
    @Example
    void theLongestLineIsReadAgain() throws Exception {
        Event longest = longest(HoldChange.LAPSED_MAX);
        int length = line(longest).length;
        assertThat(length).isBetween(SegmentScanner.LINE_BYTES_MAX * 8 / 10, SegmentScanner.LINE_BYTES_MAX - 1);
        comesBack(longest);
        SimDisk disk = new SimDisk();
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(1));
            assertThat(log.append(longest).join()).isEqualTo(new Appended.Durable(2));
            log.appendDurably(LogOnDisk.event(3));
        }
        try (LogOnDisk again = LogOnDisk.open(disk)) {
            assertThat(again.read()).containsExactly(LogOnDisk.logged(1), longest.at(2), LogOnDisk.logged(3));
            Event longer = longest(HoldChange.LAPSED_MAX * 3 / 2);
            assertThatThrownBy(() -> again.append(longer))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("too long");
        }
    }

    private static Event longest(int lapsed) {
        List<Movement> movements = new ArrayList<>();
        List<HoldLine> lines = new ArrayList<>();
        int named = 0;
        for (int i = 0; i < 200; i++) {
            StockKey key = new StockKey("S".repeat(64), String.format("%03d", i) + "\ud83d\udc55".repeat(61));
            List<String> ids = new ArrayList<>();
            while (named < lapsed * (i + 1) / 200) {
                ids.add(String.format("%064d", named++));
            }
            long large = (1L << 53) - 1 - i;
            HeldUnits own = new HeldUnits("h".repeat(64), i < 100 ? large : 0, ENDS);
            movements.add(new Movement(key, -large, large, Long.MAX_VALUE, new HoldChange(large, own, ids)));
            if (i < 100) {
                lines.add(new HoldLine(key, large + 1, large - 1, large));
            }
        }
        Hold hold = new Hold(
                "h".repeat(64),
                Long.MAX_VALUE,
                Hold.State.HELD,
                Instant.ofEpochMilli(PLACED),
                ENDS,
                "\"".repeat(128),
                lines,
                Instant.ofEpochMilli(AT),
                true);
        Cause cause = new Cause(
                "b".repeat(64), "R".repeat(32), "\\".repeat(128), "\"".repeat(64), Instant.ofEpochMilli(PLACED));
        Event.KeyedRequest request = new Event.KeyedRequest("\"".repeat(128), "f".repeat(32));
        return new Event(
                0,
                new UUID(3, 9),
                AT,
                Event.HOLD,
                Movements.of(movements),
                hold,
                null,
                cause,
                request,
                "0af7651916cd43dd8448eb211c80319c");
    }

    private static HeldUnits own(long qty) {
        return new HeldUnits("h2", qty, ENDS);
    }

    private static Hold hold(
            long version, Hold.State state, long placed, @Nullable String reference, HoldLine... lines) {
        return new Hold(
                "h2",
                version,
                state,
                Instant.ofEpochMilli(placed),
                ENDS,
                reference,
                List.of(lines),
                Instant.ofEpochMilli(AT),
                false);
    }

    private static Hold late(Hold hold) {
        return new Hold(
                hold.id(),
                hold.version(),
                hold.recorded(),
                hold.placed(),
                hold.endsMs(),
                hold.reference(),
                hold.lines(),
                hold.changed(),
                true);
    }

    /** From its type to the last of what happened; the line is read again, too. */
    private String told(String type, @Nullable Hold hold, Cause cause, Movement... movements) {
        Event event =
                new Event(0, new UUID(1, 2), AT, type, Movements.of(List.of(movements)), hold, null, cause, null, null);
        byte[] bytes = line(event);
        try {
            assertThat(decoder.decode(bytes, 0, bytes.length).event()).isEqualTo(event.at(42));
        } catch (LineDecoder.DamagedLineException e) {
            throw new AssertionError(e);
        }
        String line = new String(bytes, StandardCharsets.US_ASCII);
        return line.substring(line.indexOf("\"type\""), line.indexOf(",\"crc\""));
    }

    private static byte[] line(Event event) {
        LineEncoder encoder = new LineEncoder();
        encoder.event(42, LineEncoder.NO_CLAIM, event);
        byte[] line = new byte[encoder.bytes().remaining() - 1];
        encoder.bytes().get(line);
        return line;
    }
}
