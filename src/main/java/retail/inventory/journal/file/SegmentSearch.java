package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;

/** Finds the line of a sequence by bisecting a segment, for lines are in order of sequence. */
final class SegmentSearch {

    /** What is left to be read line by line. */
    private static final int UNTIL_BYTES = 1 << 16;

    /** Nearly all lines are shorter, so that the first one behind any place is found in so many bytes. */
    static final int SHORT_LINE_BYTES = 1 << 12;

    /** The first one behind any place is found in so many bytes, however long lines are. */
    private static final int LONG_LINE_BYTES = 2 * SegmentScanner.LINE_BYTES_MAX;

    private static final long GROWTH = 16;
    private static final byte[] LINE_START = "{\"sequence\":".getBytes(StandardCharsets.US_ASCII);
    private static final int SEQUENCE_BYTES_MAX = LINE_START.length + 20;

    private SegmentSearch() {}

    private record LineAt(long offset, long sequence) {}

    /** An offset at or before the line of a sequence, at the start of a line. */
    static long place(Disk.ReadableFile file, long sequence) throws IOException {
        long low = 0;
        long high = file.size();
        while (high - low > UNTIL_BYTES) {
            long middle = (low + high) >>> 1;
            LineAt line = firstLineFrom(file, middle);
            if (line == null || line.sequence() > sequence || line.offset() >= high) {
                high = middle;
            } else {
                low = line.offset();
            }
        }
        return low;
    }

    /** The first line that begins after an offset; null when none can be made out. */
    private static @Nullable LineAt firstLineFrom(Disk.ReadableFile file, long offset) throws IOException {
        int bytes = 0;
        while (bytes < LONG_LINE_BYTES) {
            bytes = Math.clamp(bytes * GROWTH, SHORT_LINE_BYTES, LONG_LINE_BYTES);
            ByteBuffer window = ByteBuffer.allocate(bytes);
            while (window.hasRemaining() && file.read(window, offset + window.position()) > 0) {}
            boolean all = window.hasRemaining();
            window.flip();
            int start = 0;
            while (start < window.limit() && window.get(start) != '\n') {
                start++;
            }
            start++;
            if (all || start + SEQUENCE_BYTES_MAX < window.limit()) {
                return lineAt(window, start, offset);
            }
        }
        return null;
    }

    private static @Nullable LineAt lineAt(ByteBuffer window, int start, long offset) {
        int digits = start + LINE_START.length;
        if (digits >= window.limit() || !startsLine(window, start)) {
            return null;
        }
        long sequence = 0;
        while (digits < window.limit() && window.get(digits) >= '0' && window.get(digits) <= '9') {
            sequence = sequence * 10 + (window.get(digits++) - '0');
        }
        boolean whole = digits < window.limit() && window.get(digits) == ',';
        return whole ? new LineAt(offset + start, sequence) : null;
    }

    private static boolean startsLine(ByteBuffer window, int start) {
        for (int i = 0; i < LINE_START.length; i++) {
            if (window.get(start + i) != LINE_START[i]) {
                return false;
            }
        }
        return true;
    }
}
