package retail.inventory.journal.file;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import retail.inventory.files.Disk;
import retail.inventory.journal.Event;
import retail.inventory.journal.LogAge;

/**
 * How long ago segments got their latest event. Of those that end while this process runs that is known: elapsed time since.
 * For those that it found it begins with what the log can tell ({@link LogAge}), and elapsed time comes on top. The time
 * between two processes counts only as far as the log shows it. Not thread-safe.
 */
final class SegmentAges {

    /** How often the clock may have been set forward in the life of an archive: each may keep a segment for longer. */
    private static final int LEAPS_MAX = 1;

    private final Disk disk;
    private final LongSupplier nanoTime;
    private final Map<Long, Long> endedNanos = new HashMap<>();
    private boolean looked;

    SegmentAges(Disk disk, LongSupplier nanoTime) {
        this.disk = disk;
        this.nanoTime = nanoTime;
    }

    /** Learns which segments there are, all of them, oldest first; one that another follows has ended. */
    void look(List<Segment> segments) throws IOException {
        if (!looked) {
            lookBack(segments);
            looked = true;
        }
        long now = nanoTime.getAsLong();
        for (Segment ended : segments.subList(0, Math.max(0, segments.size() - 1))) {
            endedNanos.putIfAbsent(ended.first(), now);
        }
        Set<Long> there = segments.stream().map(Segment::first).collect(Collectors.toSet());
        endedNanos.keySet().retainAll(there);
    }

    /** How long ago a segment ended; no time at all when it has not been looked at. */
    Duration of(Segment segment) {
        Long ended = endedNanos.get(segment.first());
        return ended == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - ended);
    }

    /** A segment ended before the first event of the one behind it. One that begins with a lost event says nothing. */
    private void lookBack(List<Segment> segments) throws IOException {
        long now = nanoTime.getAsLong();
        LogAge age = null;
        for (int i = segments.size() - 1; i > 0; i--) {
            Event first = segments.get(i).firstEvent(disk);
            long ageMs = 0;
            if (first != null) {
                age = age == null ? new LogAge(first.atMs(), LEAPS_MAX) : age;
                ageMs = age.before(first.atMs());
            } else if (age != null) {
                ageMs = age.before(Long.MAX_VALUE); // as old as the one behind it
            }
            endedNanos.put(segments.get(i - 1).first(), now - TimeUnit.MILLISECONDS.toNanos(ageMs));
        }
    }
}
