package retail.inventory.journal.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.file.LineDecoder.DamagedLineException;
import retail.inventory.journal.file.LineDecoder.Line;

/**
 * Takes segments that no reader needs out of the log: gzipped into the archive, or away for good. Oldest first, each
 * step durable before the next one, so that whatever is cut off leaves a log without a hole, and a segment that is in
 * both places is the same in both. Not thread-safe, but the log may be written and followed meanwhile.
 */
final class Compactor {

    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
    private static final int PIECE_LINES = 2000;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Disk disk;
    private final Path directory;
    private final Path archive;
    private final @Nullable Duration keep;
    private final SegmentAges ages;

    /**
     * A compactor that keeps archived segments so long; null = for ever.
     *
     * @param nanoTime tells elapsed time, which nobody can set
     */
    Compactor(Disk disk, Path directory, Path archive, @Nullable Duration keep, LongSupplier nanoTime) {
        this.disk = disk;
        this.directory = directory;
        this.archive = archive;
        this.keep = keep;
        this.ages = new SegmentAges(disk, nanoTime);
    }

    /** See {@code EventLog.release}. */
    void compact(long through, Duration young, LongConsumer pace) throws IOException {
        expire(); // before the log loses what follows the archive: nothing may be kept there from now on
        List<Segment> segments = Segment.list(disk, directory);
        if (keep == null) {
            ages.look(segments);
        }
        for (int i = 0; i < segments.size() - 1; i++) {
            Segment segment = segments.get(i);
            long last = segments.get(i + 1).first() - 1;
            if (last > through || ages.of(segment).compareTo(young) < 0) {
                break;
            }
            putAway(segment, last, pace);
        }
        expire();
    }

    private void putAway(Segment segment, long last, LongConsumer pace) throws IOException {
        if (Duration.ZERO.equals(keep)) {
            copy(segment, last, OutputStream.nullOutputStream(), pace);
        } else {
            archive(segment, last, pace);
        }
        disk.delete(segment.file());
        disk.syncDirectory(directory); // before the next one goes: a log that begins later has no hole
        LOG.info(
                "Sequences {} to {} left the log{}",
                segment.first(),
                last,
                Duration.ZERO.equals(keep) ? "" : " for " + segment.fileIn(archive));
    }

    private void archive(Segment segment, long last, LongConsumer pace) throws IOException {
        disk.createDirectories(archive);
        Path file = segment.fileIn(archive);
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        disk.delete(temporary);
        boolean whole = false;
        try (Disk.WritableFile out = disk.openForWrite(temporary)) {
            try (OutputStream packed = new BufferedOutputStream(new Packed(out), BUFFER_BYTES)) {
                copy(segment, last, packed, pace);
            }
            out.force();
            whole = true;
        } finally {
            if (!whole) {
                disk.delete(temporary);
            }
        }
        disk.rename(temporary, file);
        disk.syncDirectory(archive);
    }

    /** Copies the header and the lines that count, each checked. */
    private void copy(Segment segment, long last, OutputStream to, LongConsumer pace) throws IOException {
        LineDecoder decoder = new LineDecoder();
        long next = segment.first();
        long start = System.nanoTime();
        try (SegmentScanner lines = new SegmentScanner(disk, segment)) {
            to.write(lines.headerLine());
            while (next <= last && lines.next()) {
                Line line = lines.decode(decoder);
                if (line.sequence() != next) {
                    throw new DamagedLineException("it has sequence " + line.sequence());
                }
                to.write(lines.bytes());
                to.write('\n');
                next++;
                if (next % PIECE_LINES == 0) {
                    pace.accept(System.nanoTime() - start);
                    start = System.nanoTime();
                }
            }
            if (next <= last) {
                throw new DamagedLineException("it is missing");
            }
        } catch (DamagedLineException e) {
            throw new LogDamagedException("The log is damaged: " + segment.file() + ", where sequence " + next
                    + " should be: " + e.reason() + ". It stays where it is. See run.md, \"The log is damaged\".");
        }
    }

    /**
     * Deletes archived segments all of whose events are older than they are to be kept, oldest first. No wall clock is asked:
     * one that is wrong by a month would delete what can never be had again.
     */
    private void expire() throws IOException {
        if (keep == null) {
            return;
        }
        List<Segment> segments = Segment.listAll(disk, directory, archive);
        List<Segment> archived = Segment.listArchived(disk, archive);
        ages.look(segments);
        for (int i = 0; i < archived.size() && i + 1 < segments.size(); i++) {
            Segment oldest = archived.get(i);
            if (!segments.get(i).equals(oldest) || ages.of(oldest).compareTo(keep) < 0) {
                return;
            }
            disk.delete(oldest.file());
            disk.syncDirectory(archive);
            LOG.info("Deleted {}, which was older than ARCHIVE_KEEP", oldest.file());
        }
    }

    /** Gzips into a file, fast rather than small: events are alike and pack to about a fifth anyway. */
    private static final class Packed extends GZIPOutputStream {

        private Packed(Disk.WritableFile file) throws IOException {
            super(
                    new OutputStream() {
                        @Override
                        public void write(int one) throws IOException {
                            file.append(ByteBuffer.wrap(new byte[] {(byte) one}));
                        }

                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            file.append(ByteBuffer.wrap(bytes, offset, length));
                        }
                    },
                    BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
