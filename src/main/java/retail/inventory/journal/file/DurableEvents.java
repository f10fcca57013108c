package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.files.Disk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.process.Defects;

/**
 * What followers of the log may see: the durable events, the latest of them from memory. One thread publishes, any
 * number read.
 */
final class DurableEvents {

    private static final Logger LOG = LoggerFactory.getLogger(DurableEvents.class);

    /** A follower further behind than this reads files. More would make the pauses of the garbage collector longer. */
    private static final int RECENT_EVENTS = 1 << 10;

    private final SegmentFeed segments;
    private final RecentEvents recent = new RecentEvents(RECENT_EVENTS);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile long last;

    DurableEvents(Disk disk, Path directory) {
        this.segments = new SegmentFeed(disk, directory);
    }

    /** The latest of them; 0 = none. */
    long last() {
        return last;
    }

    /** Shows everything up to a sequence, which the files have. */
    void publish(long sequence) {
        last = sequence;
    }

    /** Shows more events, up to a sequence. */
    void publish(List<Event> events, long sequence) {
        events.forEach(recent::add);
        last = sequence;
    }

    /** Shows everything up to a sequence that another process made durable, and remembers it when it is not too much. */
    void follow(long sequence) {
        long at = last;
        if (sequence - at <= RECENT_EVENTS / 2) {
            try {
                while (at < sequence) {
                    EventFeed.Batch batch = segments.read(at, sequence, RECENT_EVENTS);
                    batch.events().forEach(recent::add);
                    at = batch.through();
                }
            } catch (EventsGoneException compacted) {
                LOG.debug("Sequences from {} on are not remembered: {}", at + 1, compacted.toString());
            }
        }
        last = sequence;
    }

    /** Events of others that come after what is shown, up to a sequence; not shown before they are published. */
    EventFeed.Batch ahead(long sequence) {
        return segments.read(last, sequence, RECENT_EVENTS / 2);
    }

    /** Where the line of the latest of them ends in a segment; −1 when it is not there. */
    long endIn(Segment segment) throws IOException {
        return segments.endOf(segment, last);
    }

    /** Tells followers that there is more. */
    void tellFollowers() {
        listeners.forEach(DurableEvents::tell);
    }

    void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    /** See {@link EventFeed#read}. */
    EventFeed.Batch read(long after, int limit) {
        long known = last;
        if (after >= known) {
            return new EventFeed.Batch(List.of(), after);
        }
        long to = Math.min(known, after + limit);
        List<Event> events = recent.range(after + 1, to);
        return events != null ? new EventFeed.Batch(events, to) : segments.read(after, known, limit);
    }

    /** Whether there is a line of an event, durable or not yet. */
    boolean isWritten(long sequence) throws IOException {
        return segments.isWritten(sequence);
    }

    /** See {@link EventFeed#original}. */
    EventFeed.Original original(long sequence) {
        return segments.original(sequence);
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            Defects.caught(e);
            LOG.error("A follower of the log could not be told of a commit; it looks again by itself", e);
        }
    }
}
