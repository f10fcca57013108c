package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.disk.Disk;

/**
 * The end of the log: the segment that is written, and the mark of what is durable. After any exception the segment is
 * never written or forced again; {@link #beginSegment} starts the next one. Not thread-safe.
 */
final class SegmentWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    /** Room that must be there before a failed log is trusted again: an empty file can be made on a full disk. */
    private static final int PROBE_BYTES = 1 << 18;

    private final Disk disk;
    private final Path directory;
    private final long segmentBytesMax;

    private Disk.@Nullable WritableFile segment;
    private @Nullable DurableMark mark;
    private long segmentBytes;

    SegmentWriter(Disk disk, Path directory, long segmentBytesMax) {
        this.disk = disk;
        this.directory = directory;
        this.segmentBytesMax = segmentBytesMax;
    }

    /** Goes on where recovery found the end of the log. */
    void resume(LogRecovery.Tail tail) throws IOException {
        Segment last = tail.segment();
        if (last != null && tail.clean()) {
            disk.syncDirectory(directory); // a process killed while it made this segment may not have got so far
            segment = disk.openForWrite(last.file());
            segmentBytes = segment.size();
        } else {
            beginSegment(tail.durable() + 1, tail.tail());
        }
        mark = new DurableMark(disk, directory);
        mark(tail.last());
    }

    /** Makes the bytes durable, in a new segment when the current one is full. */
    void commit(ByteBuffer lines, long firstSequence, long lastSequence) throws IOException {
        if (segmentBytes >= segmentBytesMax) {
            beginSegment(firstSequence, List.of());
        }
        Disk.WritableFile file = segment;
        if (file == null) {
            throw new IOException("no segment is open");
        }
        segmentBytes += lines.remaining();
        file.append(lines);
        file.force();
        mark(lastSequence);
    }

    /** Starts a segment with these lines, durable when this returns. Everything at or past its first sequence is void. */
    void beginSegment(long first, List<byte[]> lines) throws IOException {
        abandon();
        LineEncoder content = new LineEncoder();
        lines.forEach(content::verbatim);
        Segment next = Segment.startingAt(first, directory);
        disk.replace(next.file(), content.bytes());
        disk.syncDirectory(directory);
        segment = disk.openForWrite(next.file());
        segmentBytes = segment.size();
    }

    /** Starts a segment after a failure, when the storage proves that it can be written and forced again. */
    void probe(long first) throws IOException {
        abandon();
        Path probe = directory.resolve(".probe");
        disk.replace(probe, ByteBuffer.allocate(PROBE_BYTES));
        disk.delete(probe);
        beginSegment(first, List.of());
    }

    @Override
    public void close() throws IOException {
        DurableMark open = mark;
        if (open != null) {
            open.force();
            open.close();
            mark = null;
        }
        abandon();
    }

    private void abandon() {
        Disk.WritableFile open = segment;
        segment = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn(
                        "Closing a segment failed; all acknowledged events in it were forced before: {}", e.toString());
            }
        }
    }

    /** The mark is a lower bound: what it misses costs no event, so a failure here fails no request. */
    private void mark(long durable) {
        DurableMark open = mark;
        if (open != null) {
            try {
                open.advance(durable);
            } catch (IOException e) {
                LOG.warn("wal/durable could not be advanced to {}: {}", durable, e.toString());
            }
        }
    }
}
