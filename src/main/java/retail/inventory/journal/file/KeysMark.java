package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import retail.inventory.files.Checksum;
import retail.inventory.files.Disk;

/**
 * The file {@code wal/keys}: which is the first event whose idempotency key lived when it was written, as {@code
 * {"keysFrom":"00000000000000000042","crc":"…"}}. The times in the log cannot tell whether a step between two of them was a
 * pause or a leap of the clock; the process that ran meanwhile could. Never forced: an older one, or none, only lets a start
 * remember more.
 */
final class KeysMark {

    /** Nothing is known. */
    static final long UNKNOWN = 0;

    private static final String START = "{\"keysFrom\":\"";
    private static final int DIGITS = 20;
    private static final int LENGTH = START.length() + DIGITS + 1 + Checksum.BYTES;

    private final Disk disk;
    private final Path file;
    private long written = -1;

    KeysMark(Disk disk, Path directory) {
        this.disk = disk;
        this.file = directory.resolve("keys");
    }

    /** The sequence it holds. */
    long read() throws IOException {
        try {
            byte[] content = disk.read(file);
            return content.length < LENGTH || Checksum.damage(content, 0, LENGTH) != null
                    ? UNKNOWN
                    : Long.parseLong(new String(content, START.length(), DIGITS, StandardCharsets.US_ASCII));
        } catch (NoSuchFileException absent) {
            return UNKNOWN;
        }
    }

    /** Writes it, when it is another than the last time. */
    void write(long first) throws IOException {
        if (first == written) {
            return;
        }
        byte[] line = new byte[LENGTH + 1];
        byte[] open = String.format(Locale.ROOT, "%s%020d\"", START, first).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(open, 0, line, 0, open.length);
        line[Checksum.append(line, 0, open.length)] = '\n';
        try (Disk.WritableFile out = disk.openForWrite(file)) {
            out.overwrite(ByteBuffer.wrap(line));
        }
        written = first;
    }
}
