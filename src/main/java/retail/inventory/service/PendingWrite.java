package retail.inventory.service;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Submitter;
import retail.inventory.lease.Leases;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.table.Commit;
import retail.inventory.table.SkuRow;

/**
 * An accepted change between its append and the log's answer: takes the answer, undoes the change in the table when it
 * is lost, settles the idempotency claim, and lets everybody who saw the change wait for its fate.
 */
final class PendingWrite implements Commit, Submitter {

    private final SkuRow row;
    /** Null once the fate is known, else the changes of a hot SKU would hold each other in memory for ever. */
    private volatile SkuRow.@Nullable Snapshot before;

    private final InventoryRecord record;
    private final UUID eventId;
    private final Idempotency.@Nullable Claim claim;
    private final Leases.Lease lease;
    private final CommitDeadlines deadlines;
    /** Set under the row's lock, when the row goes back or on without this change. */
    private volatile boolean overruled;

    private final CompletableFuture<Appended> fate = new CompletableFuture<>();

    PendingWrite(
            SkuRow row,
            SkuRow.Snapshot before,
            InventoryRecord record,
            UUID eventId,
            Idempotency.@Nullable Claim claim,
            Leases.Lease lease,
            CommitDeadlines deadlines) {
        this.row = row;
        this.before = before;
        this.record = record;
        this.eventId = eventId;
        this.claim = claim;
        this.lease = lease;
        this.deadlines = deadlines;
        deadlines.watch(fate); // before anybody can wait for it
    }

    /** The log's answer, on the log's thread. */
    @Override
    public void accept(Appended outcome) {
        switch (outcome) {
            case Appended.Durable durable -> {
                if (claim != null) { // first: who sees the row settled counts on the key being remembered
                    claim.answered(accepted(durable));
                }
                row.settle(this);
            }
            case Appended.Conflict conflict -> {
                undo(conflict.current());
                if (claim != null) {
                    claim.released();
                }
            }
            case Appended.Unavailable lost -> {
                undo(null);
                if (claim != null) {
                    claim.released();
                }
            }
        }
        before = null;
        if (!(outcome instanceof Appended.Durable)) {
            row.forgetIfEmpty();
        }
        fate.complete(outcome);
    }

    /** What it was decided on is still in the row, its key was not answered elsewhere meanwhile, its lease has not run out. */
    @Override
    public boolean stands() {
        return !overruled && (claim == null || claim.stands()) && lease.isValid();
    }

    @Override
    public void overruled() {
        overruleDownTo(null);
    }

    private void overruleDownTo(@Nullable PendingWrite last) {
        PendingWrite write = this;
        while (write != null) {
            write.overruled = true;
            SkuRow.Snapshot seen = write == last ? null : write.before;
            write = seen != null && seen.commit() instanceof PendingWrite under ? under : null;
        }
    }

    @Override
    public boolean await() {
        return fate() instanceof Appended.Durable;
    }

    /** The log did not take it, so there is no answer of the log. */
    void notAppended() {
        fate.complete(new Appended.Unavailable("the log did not take it"));
    }

    /** Waits for the log and says what it means for the caller; null when the command has to be decided again. */
    @Nullable
    Answer answer() {
        return switch (fate()) {
            case Appended.Durable durable -> accepted(durable);
            case Appended.Conflict conflict -> null;
            case Appended.Unavailable lost ->
                throw new OutcomeUnknownException(lost.reason()); // it may still be found in the failed segment
        };
    }

    private Answer.Accepted accepted(Appended.Durable durable) {
        return new Answer.Accepted(record, eventId, durable.sequence(), false);
    }

    private Appended fate() {
        return deadlines.await(fate);
    }

    private void undo(@Nullable InventoryRecord instead) {
        boolean forgotten = row.holding(now -> {
            SkuRow.Snapshot undone = isUnder(now.commit()) ? before : null;
            if (undone != null) {
                if (now.commit() instanceof PendingWrite latest) {
                    latest.overruleDownTo(this); // those in between were built on this one
                }
                row.restore(undone);
            }
            InventoryRecord left = now.record();
            if (row.isForgotten()) {
                return true;
            }
            if (instead != null && (undone != null || left == null || left.version() < instead.version())) {
                row.apply(instead, null);
            }
            return false;
        });
        if (forgotten && instead != null) {
            row.advanceAnew(instead);
        }
    }

    /** Whether the row's latest change is this one or was built on it; a conflict may have taken it away already. */
    private boolean isUnder(@Nullable Commit latest) {
        Commit commit = latest;
        while (commit instanceof PendingWrite write && write != this) {
            SkuRow.Snapshot seen = write.before;
            commit = seen == null ? null : seen.commit();
        }
        return commit == this;
    }
}
