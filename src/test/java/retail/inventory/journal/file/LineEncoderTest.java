package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;

/** The encoder's one buffer, which grows: lines are the same wherever it ends. */
class LineEncoderTest {

    private static final int BUFFER_BYTES = 1 << 16;

    private static final Event EVENT = Events.event(
            Event.NOT_YET,
            UUID.fromString("01990000-0000-7000-8000-000000000001"),
            1_795_341_600_123L,
            Event.ADJUST,
            "STORE001",
            "SKU 1:2",
            -5,
            (1L << 53) - 1,
            12,
            8,
            new Event.KeyedRequest("a\"b\\c\u00fc ~\u007f\u001f", "ff"));

    @Test
    void writesTheSameLineAtEveryEndOfItsBuffer() {
        LineEncoder alone = new LineEncoder();
        alone.event(42, 41, EVENT);
        String line = text(alone);
        for (int left = 0; left <= line.length(); left++) {
            LineEncoder encoder = filledUpTo(left);
            encoder.event(42, 41, EVENT);
            assertThat(text(encoder).substring(BUFFER_BYTES - left))
                    .as("%s bytes left", left)
                    .isEqualTo(line);
        }
    }

    @Test
    void writesTheOtherLinesAtEveryEndOfItsBuffer() {
        LineEncoder alone = new LineEncoder();
        alone.quarantined(43);
        String lost = text(alone);
        byte[] verbatim = "some line".getBytes(StandardCharsets.US_ASCII);
        for (int left = 0; left <= lost.length(); left++) {
            LineEncoder encoder = filledUpTo(left);
            encoder.quarantined(43);
            assertThat(text(encoder).substring(BUFFER_BYTES - left)).isEqualTo(lost);
            LineEncoder other = filledUpTo(left);
            other.verbatim(verbatim);
            assertThat(text(other).substring(BUFFER_BYTES - left)).isEqualTo("some line\n");
        }
    }

    @Test
    void takesALineLongerThanItsBuffer() {
        LineEncoder encoder = new LineEncoder();
        encoder.verbatim(new byte[3 * BUFFER_BYTES]);
        assertThat(encoder.bytes().remaining()).isEqualTo(3 * BUFFER_BYTES + 1);
    }

    @Test
    void escapesNothingThatIsPrintable() {
        LineEncoder encoder = new LineEncoder();
        encoder.event(42, LineEncoder.NO_CLAIM, EVENT);
        assertThat(text(encoder))
                .contains("\"key\":\"a\\\"b\\\\c\\u00fc ~\\u007f\\u001f\"")
                .contains("\"sku\":\"SKU 1:2\",\"delta\":-5,\"expectedVersion\":9007199254740991}")
                .doesNotContain("durable");
    }

    /** An encoder whose buffer has so many bytes left. */
    private static LineEncoder filledUpTo(int left) {
        LineEncoder encoder = new LineEncoder();
        if (left < BUFFER_BYTES) {
            encoder.verbatim(new byte[BUFFER_BYTES - left - 1]);
        }
        return encoder;
    }

    private static String text(LineEncoder encoder) {
        byte[] bytes = new byte[encoder.bytes().remaining()];
        encoder.bytes().get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
