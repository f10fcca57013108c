package retail.inventory.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The last member of every JSON object this service keeps in a file: {@code ,"crc":"9f3a01c2"}} with the CRC-32C
 * (RFC 3720, appendix B.4) of all bytes of the object before it.
 */
public final class Checksum {

    private static final byte[] OPENING = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSING = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;
    private static final String TOO_SHORT = "it is too short";

    /** Bytes of the member, with the brace that closes the object. */
    public static final int BYTES = OPENING.length + DIGITS + CLOSING.length;

    private Checksum() {}

    /**
     * Closes an object that lies in a buffer up to {@code end}, without its closing brace.
     *
     * @return the new end; the buffer must have room for {@link #BYTES} more
     */
    public static int append(byte[] buffer, int start, int end) {
        return put(checksum(buffer, start, end - start), buffer, end);
    }

    /** The member for an object that was written in pieces, by the CRC-32C of all of them. */
    public static byte[] closing(CRC32C crc) {
        byte[] member = new byte[BYTES];
        put(crc.getValue(), member, 0);
        return member;
    }

    private static int put(long crc, byte[] buffer, int end) {
        int at = end;
        System.arraycopy(OPENING, 0, buffer, at, OPENING.length);
        at += OPENING.length;
        for (int digit = 0; digit < DIGITS; digit++) {
            buffer[at++] = digit(crc, digit);
        }
        System.arraycopy(CLOSING, 0, buffer, at, CLOSING.length);
        return at + CLOSING.length;
    }

    /** Why the bytes are not an object that was closed by {@link #append}; null when they are. */
    public static @Nullable String damage(byte[] bytes, int offset, int length) {
        int checked = length - BYTES;
        return checked <= 0 ? TOO_SHORT : damage(checksum(bytes, offset, checked), bytes, offset + checked);
    }

    /** Why a stream is not an object that was closed by {@link #append}, of so many bytes; null when it is. */
    public static @Nullable String damage(InputStream object, long length) throws IOException {
        if (length <= BYTES) {
            return TOO_SHORT;
        }
        CRC32C crc = new CRC32C();
        byte[] piece = new byte[1 << 16];
        for (long left = length - BYTES; left > 0; ) {
            int read = object.readNBytes(piece, 0, (int) Math.min(left, piece.length));
            if (read == 0) {
                return TOO_SHORT;
            }
            crc.update(piece, 0, read);
            left -= read;
        }
        byte[] member = object.readNBytes(BYTES);
        return member.length < BYTES ? TOO_SHORT : damage(crc.getValue(), member, 0);
    }

    private static @Nullable String damage(long crc, byte[] bytes, int crcAt) {
        int digitsAt = crcAt + OPENING.length;
        int closingAt = digitsAt + DIGITS;
        if (!Arrays.equals(OPENING, 0, OPENING.length, bytes, crcAt, digitsAt)
                || !Arrays.equals(CLOSING, 0, CLOSING.length, bytes, closingAt, closingAt + CLOSING.length)) {
            return "it does not end with a checksum";
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            if (bytes[digitsAt + digit] != digit(crc, digit)) {
                return "its checksum does not match";
            }
        }
        return null;
    }

    private static long checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return crc.getValue();
    }

    private static byte digit(long crc, int index) {
        return (byte) Character.forDigit((int) (crc >>> (4 * (DIGITS - 1 - index))) & 0xf, 16);
    }
}
