package retail.inventory.journal;

import java.util.ArrayList;
import java.util.List;

/** The events that wait for the disk, in order, and the ids of those that are there or in the log. Not thread-safe. */
final class OpenAppends {

    private final RecentEventIds ids = new RecentEventIds();
    private List<PendingAppend> waiting = new ArrayList<>();
    private long bytes;
    private long sinceNanos;

    /** Remembers the id of an event that is in the log. */
    void known(Event event) {
        ids.known(event.eventId());
    }

    /** Adds one at the end; false when its id is known. */
    boolean add(PendingAppend pending) {
        if (!ids.add(pending.event().eventId())) {
            return false;
        }
        if (waiting.isEmpty()) {
            sinceNanos = System.nanoTime();
        }
        bytes += pending.estimatedBytes();
        waiting.add(pending);
        return true;
    }

    /** Takes all, for the log. */
    List<PendingAppend> take() {
        List<PendingAppend> all = waiting;
        waiting = new ArrayList<>();
        bytes = 0;
        return all;
    }

    /** Takes all that waits, and what was taken before it, as not for the log: they may come again. */
    List<PendingAppend> giveUp(List<PendingAppend> taken) {
        List<PendingAppend> all = new ArrayList<>(taken);
        all.addAll(take());
        all.forEach(pending -> ids.remove(pending.event().eventId()));
        return all;
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /** Since when the oldest of them waits, in {@link System#nanoTime}; meant only while there are some. */
    long sinceNanos() {
        return sinceNanos;
    }
}
