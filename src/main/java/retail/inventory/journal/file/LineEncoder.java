package retail.inventory.journal.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.UUID;
import retail.inventory.files.Checksum;
import retail.inventory.journal.Event;

/**
 * Writes events as lines of the log into one buffer that is used again for every batch. Written by hand because one
 * thread encodes what all requests wait for; the members are few, and only SKUs and keys need escaping. Not thread-safe.
 */
final class LineEncoder {

    /** The {@code durable} of a line that is not the first of its batch. */
    static final long NO_CLAIM = -1;

    static final String QUARANTINED = "QUARANTINED";

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    private byte[] buffer = new byte[1 << 16];
    private int size;
    private long formattedSecond = Long.MIN_VALUE;
    private byte[] formatted = new byte[0];

    /** Adds the line of an event at its place in the log. */
    void event(long sequence, long durableClaim, Event event) {
        int start = size;
        ascii("{\"sequence\":").number(sequence);
        if (durableClaim != NO_CLAIM) {
            ascii(",\"durable\":").number(durableClaim);
        }
        ascii(",\"eventId\":\"").uuid(event.eventId());
        ascii("\",\"ts\":\"").timestamp(event.atMs());
        ascii("\",\"type\":\"").escaped(event.type());
        ascii("\",\"payload\":{\"storeId\":\"").escaped(event.storeId());
        ascii("\",\"sku\":\"").escaped(event.sku());
        ascii(event.type().equals(Event.ADJUST) ? "\",\"delta\":" : "\",\"qty\":")
                .number(event.amount());
        Long expectedVersion = event.expectedVersion();
        if (expectedVersion != null) {
            ascii(",\"expectedVersion\":").number(expectedVersion);
        }
        ascii("},\"result\":{\"qty\":").number(event.resultQty());
        ascii(",\"version\":").number(event.resultVersion()).ascii("}");
        Event.KeyedRequest request = event.request();
        if (request != null) {
            ascii(",\"key\":\"").escaped(request.key());
            ascii("\",\"request\":\"").escaped(request.fingerprint()).ascii("\"");
        }
        String traceId = event.traceId();
        if (traceId != null) {
            ascii(",\"traceId\":\"").ascii(traceId).ascii("\"");
        }
        checksum(start);
    }

    /** Adds the line that stands for an event lost to damage. */
    void quarantined(long sequence) {
        int start = size;
        ascii("{\"sequence\":").number(sequence);
        ascii(",\"type\":\"").ascii(QUARANTINED).ascii("\"");
        checksum(start);
    }

    /** Adds a line as it stands in another segment. */
    void verbatim(byte[] line) {
        reserve(line.length + 1);
        System.arraycopy(line, 0, buffer, size, line.length);
        size += line.length;
        buffer[size++] = '\n';
    }

    /** Adds the lines of another one. */
    void append(LineEncoder lines) {
        reserve(lines.size);
        System.arraycopy(lines.buffer, 0, buffer, size, lines.size);
        size += lines.size;
    }

    /** All lines added since the last {@link #clear}; valid until the next change. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(buffer, 0, size);
    }

    void clear() {
        size = 0;
    }

    private void checksum(int start) {
        reserve(Checksum.BYTES + 1);
        size = Checksum.append(buffer, start, size);
        buffer[size++] = '\n';
    }

    private LineEncoder ascii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            buffer[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /** A line is ASCII whatever its texts are: what is not printable there is escaped, beyond U+FFFF as a surrogate pair. */
    private LineEncoder escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            reserve(6);
            if (c == '"' || c == '\\') {
                buffer[size++] = '\\';
                buffer[size++] = (byte) c;
            } else if (c >= ' ' && c <= '~') {
                buffer[size++] = (byte) c;
            } else {
                buffer[size++] = '\\';
                buffer[size++] = 'u';
                hex(c, 4);
            }
        }
        return this;
    }

    private LineEncoder number(long value) {
        if (value < 0) {
            return ascii(Long.toString(value));
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = value;
        for (int at = size + digits - 1; at >= size; at--) {
            buffer[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    private void uuid(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        hex(high >>> 32, 8);
        ascii("-").hex(high >>> 16, 4);
        ascii("-").hex(high, 4);
        ascii("-").hex(low >>> 48, 4);
        ascii("-").hex(low, 12);
    }

    private void hex(long value, int digits) {
        reserve(digits);
        for (int i = digits - 1; i >= 0; i--) {
            buffer[size++] = HEX[(int) (value >>> (4 * i)) & 0xf];
        }
    }

    private void timestamp(long epochMs) {
        long second = Math.floorDiv(epochMs, 1000L);
        if (second != formattedSecond) {
            formatted = SECOND.format(Instant.ofEpochSecond(second)).getBytes(StandardCharsets.US_ASCII);
            formattedSecond = second;
        }
        reserve(formatted.length + 4);
        System.arraycopy(formatted, 0, buffer, size, formatted.length);
        size += formatted.length;
        int ms = (int) Math.floorMod(epochMs, 1000L);
        buffer[size++] = (byte) ('0' + ms / 100);
        buffer[size++] = (byte) ('0' + ms / 10 % 10);
        buffer[size++] = (byte) ('0' + ms % 10);
        buffer[size++] = 'Z';
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
