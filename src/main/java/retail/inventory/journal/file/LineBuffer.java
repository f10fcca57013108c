package retail.inventory.journal.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.UUID;
import retail.inventory.files.Checksum;

/** Lines of JSON as bytes, in one buffer that is used again and again. Not thread-safe. */
final class LineBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.").withZone(ZoneOffset.UTC);

    private byte[] buffer = new byte[1 << 16];
    private int size;
    private long formattedSecond = Long.MIN_VALUE;
    private byte[] formatted = new byte[0];

    /** How many bytes there are. */
    int size() {
        return size;
    }

    /** All of them; valid until the next change. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(buffer, 0, size);
    }

    void clear() {
        size = 0;
    }

    /** Adds a whole line as it stands elsewhere, and its line end. */
    void line(byte[] line) {
        reserve(line.length + 1);
        System.arraycopy(line, 0, buffer, size, line.length);
        size += line.length;
        buffer[size++] = '\n';
    }

    /** Adds all that another one has. */
    void append(LineBuffer lines) {
        reserve(lines.size);
        System.arraycopy(lines.buffer, 0, buffer, size, lines.size);
        size += lines.size;
    }

    /** Ends the line that began there: its checksum, and the line end. */
    void seal(int start) {
        reserve(Checksum.BYTES + 1);
        size = Checksum.append(buffer, start, size);
        buffer[size++] = '\n';
    }

    LineBuffer ascii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            buffer[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /** A line is ASCII whatever its texts are: what is not printable there is escaped, beyond U+FFFF as a surrogate pair. */
    LineBuffer escaped(String text) {
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

    LineBuffer number(long value) {
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

    LineBuffer uuid(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        hex(high >>> 32, 8);
        ascii("-").hex(high >>> 16, 4);
        ascii("-").hex(high, 4);
        ascii("-").hex(low >>> 48, 4);
        ascii("-").hex(low, 12);
        return this;
    }

    private void hex(long value, int digits) {
        reserve(digits);
        for (int i = digits - 1; i >= 0; i--) {
            buffer[size++] = HEX[(int) (value >>> (4 * i)) & 0xf];
        }
    }

    LineBuffer timestamp(long epochMs) {
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
        return this;
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
