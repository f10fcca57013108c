package retail.inventory.table;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Hold;

/**
 * A live hold and its lock, which is taken before those of its SKUs. What it claims of a SKU stands in that SKU's row; this is what
 * belongs to no single one.
 */
public final class HoldRow extends ReentrantLock {

    /**
     * A row at one moment.
     *
     * @param hold null when there is none (any more)
     * @param commit the fate of its latest event; null when it is durable
     */
    public record Snapshot(@Nullable Hold hold, @Nullable Commit commit) {

        /** Waits until it is durable; false when it was taken back. */
        public boolean isDurable() {
            return commit == null || commit.await();
        }
    }

    private static final AtomicReferenceFieldUpdater<HoldRow, @Nullable Commit> COMMIT =
            AtomicReferenceFieldUpdater.newUpdater(HoldRow.class, Commit.class, "commit");

    private static final long serialVersionUID = 1;

    private final transient HoldTable table;
    private final String id;
    private transient @Nullable Hold hold;
    private transient volatile @Nullable Commit commit;
    private boolean forgotten;
    private int savedIn;

    HoldRow(HoldTable table, String id) {
        this.table = table;
        this.id = id;
    }

    /** The hold's id. */
    public String id() {
        return id;
    }

    /** The row now, read under its lock. */
    public Snapshot snapshot() {
        lock();
        try {
            return new Snapshot(hold, commit);
        } finally {
            unlock();
        }
    }

    /** Brings the row to what the log has, unless it has it already; with the lock held. */
    void advance(Hold after) {
        if (hold == null || !hold.contains(after)) {
            apply(after, null);
        }
    }

    /**
     * The hold once all of it is durable; null when there is none (any more).
     *
     * @throws CommitTimeoutException when that is not known in time
     */
    public @Nullable Hold durable() {
        Snapshot seen = snapshot();
        for (int tries = 1; !seen.isDurable(); tries++) {
            if (tries == Commit.TRIES_MAX) {
                throw new CommitTimeoutException("all that was tried on hold " + id + " was taken back");
            }
            seen = snapshot();
        }
        return seen.hold();
    }

    /** Whether the table has given it up, so that its id has another row; with the lock held. */
    boolean isForgotten() {
        return forgotten;
    }

    /** Gives it up when it has no hold and waits for none; with the lock held. */
    boolean forgetIfEmpty() {
        forgotten |= hold == null && commit == null;
        return forgotten;
    }

    /** Gives it up with its hold when that has been over for so long; with the lock held. */
    boolean forgetIfOver(Instant at, Duration since) {
        if (hold != null && Commit.isSure(commit) && hold.isOver(at, since)) {
            forgotten = true;
            apply(null, null);
        }
        return forgotten;
    }

    /** Puts a hold in place, to be written to the files; with the lock held. */
    void apply(@Nullable Hold next, @Nullable Commit fate) {
        markDirty();
        put(next, fate);
    }

    /** Goes back; with the lock held. */
    void restore(Snapshot before) {
        put(before.hold(), before.commit());
    }

    /** Puts a hold of the files in place; with the lock held. */
    void load(Hold found) {
        put(found, null);
    }

    /** Forgets a fate that turned out durable; false when a later change has taken its place. */
    boolean settle(Commit durable) {
        return COMMIT.compareAndSet(this, durable, null);
    }

    /** The number of the file that has its latest line; 0 = none. For the one thread that writes the files. */
    public int savedIn() {
        return savedIn;
    }

    /** See {@link #savedIn()}. */
    public void savedIn(int file) {
        savedIn = file;
    }

    /** The files do not have it after all. */
    public void captureFailed() {
        lock();
        try {
            markDirty();
        } finally {
            unlock();
        }
    }

    private void markDirty() {
        table.dirty().add(this);
    }

    private void put(@Nullable Hold next, @Nullable Commit fate) {
        table.changed(hold, next);
        hold = next;
        commit = fate;
    }
}
