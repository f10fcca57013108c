package retail.inventory.service;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.lease.Leases;
import retail.inventory.service.Tracing.Step;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockCommand;
import retail.inventory.stock.StockEvent;
import retail.inventory.stock.StockRules;
import retail.inventory.table.InventoryTable;
import retail.inventory.table.SkuRow;

/**
 * One try of a change: locks its SKU, decides, applies and appends, unlocks, waits. Whatever becomes of it, a SKU that has no
 * event in the log has no row either: names that somebody makes up cost nothing.
 */
record ChangeAttempt(EventLog log, InventoryTable table, CommitDeadlines deadlines, Slot turn, Tracing tracing) {

    /** Null when what it was decided on was taken back meanwhile, so that it has to be decided again. */
    @Nullable
    Answer decide(StockCommand command, Idempotency.@Nullable Claim claim, Leases.Lease lease) {
        SkuRow row = table.find(command.key());
        if (row == null) {
            if (StockRules.decide(null, command) instanceof Rejected rejected) {
                return new Answer.Refused(rejected);
            }
            LimitReachedException.throwIf(table.refusal(command.key()));
            requireTaking();
            row = table.findOrCreate(command.key());
        }
        SkuRow locked = row;
        Supplier<@Nullable Answer> answer = null;
        try {
            answer = tracing.step(
                    Step.DECIDE, () -> locked.holding(seen -> decide(command, locked, seen, claim, lease)));
        } finally {
            if (answer == null) {
                locked.forgetIfEmpty();
            }
        }
        Supplier<@Nullable Answer> decided = answer;
        turn.pass();
        return tracing.step(Step.WAIT_DURABLE, () -> Waiting.orUnknown(decided));
    }

    private Supplier<@Nullable Answer> decide(
            StockCommand command,
            SkuRow row,
            SkuRow.Snapshot seen,
            Idempotency.@Nullable Claim claim,
            Leases.Lease lease) {
        if (row.isForgotten()) {
            return () -> null; // it was empty, and whoever made it had to take its change back
        }
        return switch (StockRules.decide(seen.record(), command)) {
            case Rejected rejected -> () -> seen.isDurable() ? new Answer.Refused(rejected) : null;
            case Accepted accepted -> applyThenAppend(row, seen, accepted.event(), claim, lease)::answer;
        };
    }

    /** Applied first, under the row's lock: the log's answer, which needs that lock to undo, finds the change in place. */
    private PendingWrite applyThenAppend(
            SkuRow row, SkuRow.Snapshot seen, StockEvent event, Idempotency.@Nullable Claim claim, Leases.Lease lease) {
        InventoryRecord next = StockRules.evolve(seen.record(), event);
        PendingWrite write = new PendingWrite(row, seen, next, event.eventId(), claim, lease, deadlines);
        row.apply(next, write);
        boolean appended = false;
        try {
            log.append(Event.of(event, claim == null ? null : claim.request(), tracing.traceId()), write);
            appended = true;
        } catch (LogUnavailableException e) {
            throw ServiceUnavailableException.because(e);
        } finally {
            if (!appended) {
                row.restore(seen);
                write.notAppended();
            }
        }
        if (claim != null) {
            claim.handedToTheLog();
        }
        return write;
    }

    private void requireTaking() {
        try {
            log.requireTaking();
        } catch (LogUnavailableException e) {
            throw ServiceUnavailableException.because(e);
        }
    }
}
