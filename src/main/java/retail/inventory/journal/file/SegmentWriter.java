package retail.inventory.journal.file;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;

/**
 * The end of the log: the segment that is written, and the mark of what is durable. After any exception the segment is
 * never written or forced again; {@link #beginSegment} starts the next one. Not thread-safe.
 */
final class SegmentWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);

    private final Disk disk;
    private final Path directory;
    private final long segmentBytesMax;
    private final LogIdentity identity;

    private Disk.@Nullable WritableFile segment;
    private @Nullable DurableMark mark;
    private long segmentBytes;
    private long roomEnd;
    private boolean allForced;
    private long writtenThrough;
    private long forceNanos;

    SegmentWriter(Disk disk, Path directory, long segmentBytesMax) {
        this.disk = disk;
        this.directory = directory;
        this.segmentBytesMax = segmentBytesMax;
        this.identity = new LogIdentity(disk, directory);
    }

    /** Takes part in a log that others write; {@link SharedEnd} finds where it ends. */
    void join() throws IOException {
        identity.join();
        mark = new DurableMark(disk, directory);
    }

    /** Whether what it writes next comes right behind an event. */
    boolean isBehind(long sequence) {
        return segment != null && writtenThrough == sequence;
    }

    /** Goes on in a segment that others wrote, behind an event whose line ends there and has only room behind it. */
    void goOn(Segment found, long end, long last) throws IOException {
        abandon();
        use(disk.openForWrite(found.file(), end), end, last);
    }

    /** Goes on where recovery found the end of the log; when it fails, {@link #probe} may be tried as after a failure. */
    void resume(LogRecovery.Tail tail) throws IOException {
        Segment last = tail.segment();
        if (last != null && tail.clean() && identity.wrote(tail.header())) {
            disk.syncDirectory(directory); // a process killed while it made this segment may not have got so far
            use(disk.openForWrite(last.file(), tail.end()), tail.end(), tail.last());
        } else {
            beginSegment(tail.durable() + 1, tail.tail());
        }
        mark = new DurableMark(disk, directory);
        mark(tail.last());
        requireRoom();
    }

    /** Makes the bytes durable, in a new segment when the current one is full. */
    void commit(ByteBuffer lines, long firstSequence, long lastSequence) throws IOException {
        allForced = false;
        append(lines, firstSequence);
        preallocate();
        force();
        mark(lastSequence);
        writtenThrough = lastSequence;
        allForced = true;
    }

    /**
     * Makes the bytes durable, and known to the others: to them what is not marked is not there, so a failure of the mark
     * is one of the commit.
     */
    void commitShared(ByteBuffer lines, long firstSequence, long lastSequence) throws IOException {
        DurableMark open = mark;
        if (open == null) {
            throw new IOException("the log was not opened");
        }
        append(lines, firstSequence);
        preallocate();
        force();
        open.advance(lastSequence);
        writtenThrough = lastSequence;
    }

    private void append(ByteBuffer lines, long firstSequence) throws IOException {
        if (segmentBytes >= segmentBytesMax) {
            beginSegment(firstSequence, List.of());
        }
        segmentBytes += lines.remaining();
        open().append(lines);
    }

    private void preallocate() throws IOException {
        if (segmentBytes >= roomEnd && segmentBytes < segmentBytesMax) {
            int bytes = (int) Math.min(Preallocation.BYTES, segmentBytesMax - segmentBytes);
            open().preallocate(Preallocation.lineFeeds(bytes));
            roomEnd = segmentBytes + bytes;
        }
    }

    private void force() throws IOException {
        Disk.WritableFile file = open();
        long start = System.nanoTime();
        file.force();
        forceNanos = System.nanoTime() - start;
    }

    private Disk.WritableFile open() throws IOException {
        Disk.WritableFile file = segment;
        if (file == null) {
            throw new IOException("no segment is open");
        }
        return file;
    }

    /** Which history the log tells. */
    LogIdentity identity() {
        return identity;
    }

    /** How long the latest force of events took, in nanoseconds. */
    long forceNanos() {
        return forceNanos;
    }

    /** Starts a segment with these lines, durable when this returns. Everything at or past its first sequence is void. */
    void beginSegment(long first, List<byte[]> lines) throws IOException {
        abandon();
        LineEncoder content = new LineEncoder();
        SegmentHeader header = identity.headerAt(first);
        content.verbatim(header.encode());
        lines.forEach(content::verbatim);
        Segment next = Segment.startingAt(first, directory);
        disk.replace(next.file(), content.bytes());
        disk.syncDirectory(directory);
        identity.began(header);
        Disk.WritableFile file = disk.openForWrite(next.file());
        use(file, file.size(), first - 1 + lines.size());
    }

    private void use(Disk.WritableFile file, long end, long last) throws IOException {
        segment = file;
        segmentBytes = end;
        writtenThrough = last;
        roomEnd = file.size();
        allForced = false;
    }

    /** Starts a segment after a failure, when the storage proves that it can be written and forced again. */
    void probe(long first) throws IOException {
        abandon();
        requireRoom();
        beginSegment(first, List.of());
        mark = mark == null ? new DurableMark(disk, directory) : mark; // none when a start found no room
    }

    /** Before a log is trusted at a start or after a failure: an empty file can be made on a full disk. */
    private void requireRoom() throws IOException {
        disk.replace(directory.resolve(".probe"), ByteBuffer.allocate(Preallocation.BYTES));
        disk.delete(directory.resolve(".probe"));
    }

    @Override
    public void close() throws IOException {
        DurableMark open = mark;
        if (open != null) {
            open.force();
            open.close();
            mark = null;
        }
        trim();
        abandon();
    }

    /**
     * No line comes there any more. Not after a failure, and not by one of several processes: another may be looking for
     * the end. What is not cut off disturbs nobody.
     */
    private void trim() {
        Disk.WritableFile open = segment;
        if (open != null && allForced && roomEnd > segmentBytes) {
            try {
                open.trim();
                open.force();
            } catch (IOException e) {
                LOG.warn("The preallocated end of a segment could not be trimmed: {}", e.toString());
            }
        }
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
                LOG.warn("wal/durable could not be advanced to {}: {}", value("sequence", durable), e.toString());
            }
        }
    }
}
