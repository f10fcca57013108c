package retail.inventory.table;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Hold;

/** The holds that are open, or were until a day ago, in memory. Safe for use by several threads; each row has a lock of its own. */
public final class HoldTable {

    private final ConcurrentMap<String, HoldRow> rows = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<String>> byReference = new ConcurrentHashMap<>();

    /** Those that are open, in the order in which they end; without those that have no end. */
    private final NavigableSet<When> ends = new ConcurrentSkipListSet<>();

    /** Those that are over, in the order in which that came. */
    private final NavigableSet<When> over = new ConcurrentSkipListSet<>();

    private final DirtyHolds dirty = new DirtyHolds();
    private final AtomicLong open = new AtomicLong();

    private final long sizeMax;

    private record When(long ms, String holdId) implements Comparable<When> {
        @Override
        public int compareTo(When other) {
            return ms == other.ms ? holdId.compareTo(other.holdId) : Long.compare(ms, other.ms);
        }
    }

    /**
     * An empty table.
     *
     * @param sizeMax how many holds it takes
     */
    HoldTable(long sizeMax) {
        this.sizeMax = sizeMax;
    }

    /** How many holds it takes. */
    public long sizeMax() {
        return sizeMax;
    }

    /** Why one more hold would be more than the table takes; null when it would not. */
    public @Nullable String refusal() {
        return size() < sizeMax
                ? null
                : "it would be one more than the " + sizeMax + " holds that this service keeps at most (HOLDS_MAX)";
    }

    /** Forgets some of the holds that have been over for so long, the longest first; any that are over when memory is short. */
    public void forgetOver(Instant at, Duration since, int atMost) {
        Duration memory = size() > sizeMax - sizeMax / 4 ? Duration.ZERO : since;
        long before = at.minus(memory).toEpochMilli();
        ids(over.headSet(new When(before, ""), false), atMost).forEach(id -> forget(id, at, memory));
    }

    /** The row of a hold; null when there is none, or it is forgotten. */
    public @Nullable HoldRow find(String holdId) {
        return rows.get(holdId);
    }

    /** The row of a hold, a new one without a hold when there is none. One that stays without is to be given back. */
    HoldRow findOrCreate(String holdId) {
        return rows.computeIfAbsent(holdId, id -> new HoldRow(this, id));
    }

    /** Gives a row back that has no hold and waits for none. */
    void forgetIfEmpty(HoldRow row) {
        row.lock();
        try {
            if (row.forgetIfEmpty()) {
                rows.remove(row.id(), row);
                dirty.forgotten(row);
            }
        } finally {
            row.unlock();
        }
    }

    /** Forgets a hold, unless it has not been over for so long after all, or a change of it is not durable yet. */
    public void forget(String holdId, Instant at, Duration since) {
        HoldRow row = rows.get(holdId);
        if (row == null) {
            return;
        }
        row.lock();
        try {
            if (row.forgetIfOver(at, since)) {
                rows.remove(row.id(), row);
                dirty.forgotten(row);
            }
        } finally {
            row.unlock();
        }
    }

    /** Brings a hold to what the log has, unless it has it already. Changes that were open have been taken back before. */
    public void advance(Hold after) {
        boolean done = false;
        while (!done) {
            HoldRow row = findOrCreate(after.id());
            row.lock();
            try {
                done = !row.isForgotten();
                if (done) {
                    row.advance(after);
                }
            } finally {
                row.unlock();
            }
        }
    }

    /** Adds a hold of the files, before anybody else uses the table. */
    public void load(Hold found) {
        HoldRow row = findOrCreate(found.id());
        row.lock();
        try {
            row.load(found);
        } finally {
            row.unlock();
        }
    }

    /** The ids of the holds with a reference, in any order. */
    public Collection<String> withReference(String reference) {
        return List.copyOf(byReference.getOrDefault(reference, Set.of()));
    }

    /** The ids of open holds that end after an instant and before another; the first to end first. */
    public List<String> endingBetween(Instant after, Instant before, int atMost) {
        When from = new When(after.toEpochMilli() + 1, "");
        return ids(ends.tailSet(from, true).headSet(new When(before.toEpochMilli(), ""), false), atMost);
    }

    /** The ids of holds that have ended at an instant, the first to end first, whose end may not be written down yet. */
    public List<String> endedAt(Instant instant, int atMost) {
        return ids(ends.headSet(new When(instant.toEpochMilli() + 1, ""), false), atMost);
    }

    private static List<String> ids(NavigableSet<When> some, int atMost) {
        return some.stream().limit(atMost).map(When::holdId).toList();
    }

    /** There is nothing to write down of a hold that has ended: no SKU has anything set aside for it any more. */
    public void tidied(String holdId, Instant at) {
        HoldRow row = rows.get(holdId);
        if (row == null) {
            return;
        }
        row.lock();
        try {
            Hold hold = row.snapshot().hold();
            if (hold != null && isOpen(hold) && hold.hasEnded(at)) {
                ends.remove(new When(hold.endsMs(), holdId));
                over.add(new When(hold.endsMs(), holdId));
            }
        } finally {
            row.unlock();
        }
    }

    /** All rows, as they come and go. */
    public Collection<HoldRow> all() {
        return rows.values();
    }

    /** How many holds are remembered, open or not. */
    public int size() {
        return rows.size();
    }

    /** How many holds are open: neither confirmed nor released, nor is their end written down. */
    public long open() {
        return open.get();
    }

    /** The rows that are to be written to the files. */
    public DirtyHolds dirty() {
        return dirty;
    }

    /** Makes every hold due, as if all had changed. */
    public void allDirty() {
        rows.values().forEach(HoldRow::captureFailed);
    }

    /** With the lock of its row held. */
    void changed(@Nullable Hold before, @Nullable Hold after) {
        if (before != null) {
            leave(before);
        }
        if (after != null) {
            enter(after);
        }
    }

    private void enter(Hold hold) {
        if (!isOpen(hold)) {
            over.add(new When(overMs(hold), hold.id()));
        } else {
            open.incrementAndGet();
            if (hold.ends() != null) {
                ends.add(new When(hold.endsMs(), hold.id()));
            }
        }
        String reference = hold.reference();
        if (reference != null) {
            byReference.compute(reference, (text, there) -> {
                Set<String> ids = there == null ? ConcurrentHashMap.newKeySet() : there;
                ids.add(hold.id());
                return ids;
            });
        }
    }

    private void leave(Hold hold) {
        over.remove(new When(overMs(hold), hold.id()));
        if (isOpen(hold)) {
            open.decrementAndGet();
            ends.remove(new When(hold.endsMs(), hold.id()));
        }
        String reference = hold.reference();
        if (reference != null) {
            byReference.computeIfPresent(reference, (text, ids) -> {
                ids.remove(hold.id());
                return ids.isEmpty() ? null : ids;
            });
        }
    }

    private static boolean isOpen(Hold hold) {
        return hold.recorded() == Hold.State.HELD;
    }

    private static long overMs(Hold hold) {
        return hold.isClosed() ? hold.changed().toEpochMilli() : hold.endsMs();
    }
}
