package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.journal.PendingAppend;

/** Walks over the lines of a segment, whole or not, through a window of the file. Not thread-safe. */
final class SegmentScanner implements AutoCloseable {

    /** Longer than any line that is written (ids and keys are bounded); without a line end by then, it is damage. */
    static final int LINE_BYTES_MAX = PendingAppend.LINE_BYTES_MAX;

    private static final int WINDOW_BYTES = 1 << 20;

    /** For a reader of some lines, who comes again and again; it grows for a line that does not fit. */
    static final int SMALL_WINDOW_BYTES = 1 << 17;

    private static final byte[] EVENT_START = "{\"sequence\":".getBytes(StandardCharsets.US_ASCII);

    private final Segment segment;
    private final Disk.ReadableFile file;
    private byte[] window;
    private long windowOffset;
    private int windowLength;
    private int next;
    private int start;
    private int length;
    private long lineOffset;
    private long roomOffset = -1;
    private boolean ended;
    private long lineNumber;
    private boolean headerSought;
    private boolean wholeLine;
    private @Nullable SegmentHeader header;
    private byte[] headerLine = new byte[0];

    SegmentScanner(Disk disk, Segment segment) throws IOException {
        this(disk, segment, 0, WINDOW_BYTES);
    }

    /** Begins at an offset, where a line starts; line numbers then count from there. */
    SegmentScanner(Disk disk, Segment segment, long offset, int windowBytes) throws IOException {
        this.segment = segment;
        this.file = segment.open(disk);
        this.window = new byte[windowBytes];
        this.windowOffset = offset;
        this.headerSought = offset > 0;
    }

    /** The segment's header; null when it has none, none that is whole, or reading began behind it. */
    @Nullable
    SegmentHeader header() throws IOException {
        if (!headerSought) {
            headerSought = true;
            readHeader();
        }
        return header;
    }

    /** Whether the segment has more than the beginning of a first line. */
    boolean hasWholeLine() throws IOException {
        SegmentHeader _ = header();
        return wholeLine;
    }

    /** The line of the header with its line end; empty when there is no {@link #header}. */
    byte[] headerLine() throws IOException {
        SegmentHeader _ = header();
        return headerLine;
    }

    private void readHeader() throws IOException {
        slide();
        int limit = Math.min(windowLength, LINE_BYTES_MAX);
        int end = 0;
        while (end < limit && window[end] != '\n') {
            end++;
        }
        wholeLine = end < limit;
        header = wholeLine ? SegmentHeader.decode(window, 0, end, segment.file()) : null;
        if (header != null) {
            headerLine = Arrays.copyOf(window, end + 1);
            next = end + 1;
            lineNumber++;
        }
    }

    /**
     * Moves to the next line, behind the header; false at the end of the lines, which may have room behind them. Line feeds
     * that something stands behind are no room, but one empty line.
     */
    boolean next() throws IOException {
        SegmentHeader _ = header();
        if (next == windowLength) {
            slide();
        }
        lineOffset = windowOffset + next;
        boolean empty = next < windowLength && window[next] == '\n';
        if (empty) {
            skipLineFeeds();
        }
        if (next == windowLength) {
            roomOffset = lineOffset;
            return false;
        }
        if (empty) {
            start = next;
            length = 0;
            ended = true;
            lineNumber++;
            return true;
        }
        int at = endOfLine();
        start = next;
        ended = at < windowLength && window[at] == '\n' && at - start < LINE_BYTES_MAX;
        length = at - start;
        next = ended ? at + 1 : at;
        lineNumber++;
        return true;
    }

    /** Where the line ends that begins at the next byte, or where it is given up; the window moves or grows until it has it. */
    private int endOfLine() throws IOException {
        int scanned = 0;
        while (scanned < LINE_BYTES_MAX) {
            if (next + scanned == windowLength) {
                if (next == 0 && windowLength == window.length) {
                    window = Arrays.copyOf(window, 2 * window.length);
                }
                slide();
                if (scanned == windowLength) {
                    break;
                }
            }
            if (window[next + scanned] == '\n') {
                break;
            }
            scanned++;
        }
        return next + scanned;
    }

    /** Reads the current line. */
    LineDecoder.Line decode(LineDecoder decoder) throws LineDecoder.DamagedLineException {
        if (!ended) {
            throw new LineDecoder.DamagedLineException("it has no line end");
        }
        if (length == 0) {
            throw new LineDecoder.DamagedLineException(
                    "empty lines come before others, as in a copy that bin/backup did not make of a running service");
        }
        if (SegmentHeader.starts(window, start, length)) {
            throw new LineDecoder.DamagedLineException(
                    lineOffset == 0 ? "the header of the segment is damaged" : "it is the header of a segment");
        }
        return decoder.decode(window, start, length);
    }

    /**
     * Whether the current line is all that is left of a header: it is where one belongs, and does not begin as an event
     * does. A header has its place on the disk before any event comes behind it: no crash tears one.
     */
    boolean isDamagedHeader() {
        return lineOffset == 0
                && ended
                && (length < EVENT_START.length
                        || !Arrays.equals(
                                EVENT_START, 0, EVENT_START.length, window, start, start + EVENT_START.length));
    }

    /** Where the current line begins in the file. */
    long offset() {
        return lineOffset;
    }

    /** The number of the current line, from 1. */
    long lineNumber() {
        return lineNumber;
    }

    /** The bytes of the current line, without its line end. */
    byte[] bytes() {
        return Arrays.copyOfRange(window, start, start + length);
    }

    /** Bytes of the file up to the end of the current line, or of the last one when there is no further. */
    long consumed() {
        return roomOffset >= 0 ? roomOffset : windowOffset + next;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void skipLineFeeds() throws IOException {
        while (next < windowLength && window[next] == '\n') {
            next++;
            if (next == windowLength) {
                slide();
            }
        }
    }

    private void slide() throws IOException {
        System.arraycopy(window, next, window, 0, windowLength - next);
        windowOffset += next;
        windowLength -= next;
        next = 0;
        while (windowLength < window.length) {
            int read = file.read(
                    ByteBuffer.wrap(window, windowLength, window.length - windowLength), windowOffset + windowLength);
            if (read <= 0) {
                return;
            }
            windowLength += read;
        }
    }
}
