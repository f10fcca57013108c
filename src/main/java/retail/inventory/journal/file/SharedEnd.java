package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import retail.inventory.files.Disk;
import retail.inventory.files.ProcessMutex;

/**
 * The end of a log that several processes write, one at a time. Who is inside first takes in what the others made durable,
 * which decides again what does not follow from it, then goes on right after it: the sequences of all are one series without
 * gap, and a process that was stopped anywhere, for however long, writes nothing that is out of date.
 */
final class SharedEnd implements LogEnd {

    private final Disk disk;
    private final Path directory;
    private final ProcessMutex mutex;
    private final PeerEvents others;
    private final SegmentWriter segments;
    private final DurableEvents durable;
    private final LastWriter lastWriter;

    SharedEnd(
            Disk disk,
            Path directory,
            ProcessMutex mutex,
            PeerEvents others,
            SegmentWriter segments,
            DurableEvents durable) {
        this.disk = disk;
        this.directory = directory;
        this.mutex = mutex;
        this.others = others;
        this.segments = segments;
        this.durable = durable;
        this.lastWriter = new LastWriter(disk, directory);
    }

    @Override
    public void atEnd(Work work) throws IOException {
        mutex.inside(() -> {
            others.whileKnown(work);
            return null;
        });
    }

    @Override
    public void undisturbed(Runnable work) {
        others.undisturbed(work);
    }

    /** As long as nobody else was here, the end is where this process left it, room included. */
    @Override
    public void commit(LineEncoder lines, long first, long last) throws IOException {
        if (!lastWriter.isThisProcess() || !segments.isBehind(durable.last())) {
            lastWriter.sign();
            findEnd();
        }
        segments.commitShared(lines.bytes(), first, last);
    }

    /**
     * Finds the end: right after the latest durable event, in the latest segment. What is there beyond it, but for room, was
     * left by one that failed or died, was never acknowledged, and becomes void.
     */
    private void findEnd() throws IOException {
        List<Segment> all = Segment.list(disk, directory);
        Segment latest = all.isEmpty() ? null : all.getLast();
        if (latest != null && latest.first() <= durable.last()) {
            long end = durable.endIn(latest);
            if (end >= 0 && Preallocation.isAllBehind(disk, latest.file(), end)) {
                segments.goOn(latest, end, durable.last());
                return;
            }
        }
        segments.beginSegment(durable.last() + 1, List.of());
    }

    @Override
    public void probe(long first) throws IOException {
        lastWriter.sign();
        segments.probe(first);
    }

    @Override
    public void close() throws IOException {
        try (lastWriter) {
            segments.close();
        }
    }
}
