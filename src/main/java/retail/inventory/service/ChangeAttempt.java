package retail.inventory.service;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.OvertakenException;
import retail.inventory.service.Tracing.Step;
import retail.inventory.stock.Command;
import retail.inventory.stock.Command.OfOneSku;
import retail.inventory.stock.Command.ReserveAll;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.stock.Decision.Already;
import retail.inventory.stock.Decision.Rejected;
import retail.inventory.stock.Hold;
import retail.inventory.stock.HoldCommand;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockRules;
import retail.inventory.table.InventoryTable;
import retail.inventory.table.Rows;
import retail.inventory.table.SkuRow;

/**
 * One try of a change: locks its SKU, decides, applies and appends, unlocks, waits. Whatever becomes of it, a SKU that has no
 * event in the log has no row either: names that somebody makes up cost nothing.
 */
record ChangeAttempt(InventoryTable table, CommitDeadlines deadlines, Slot turn, Tracing tracing, Appends toTheLog) {

    ChangeAttempt(EventLog log, InventoryTable table, CommitDeadlines deadlines, Slot turn, Tracing tracing) {
        this(table, deadlines, turn, tracing, new ToTheLog(log));
    }

    /** Where the event of an accepted command goes. */
    @FunctionalInterface
    interface Appends {

        /** Refuses as {@link #append} would, as far as that can be known. */
        default void requireTaking() {}

        void append(Event event, PendingWrite write);
    }

    private record ToTheLog(EventLog log) implements Appends {

        @Override
        public void requireTaking() {
            try {
                log.requireTaking();
            } catch (LogUnavailableException e) {
                throw ServiceUnavailableException.because(e);
            }
        }

        @Override
        public void append(Event event, PendingWrite write) {
            try {
                log.append(event, write);
            } catch (LogUnavailableException e) {
                throw ServiceUnavailableException.because(e);
            }
        }
    }

    /** Null when what it was decided on was taken back meanwhile, so that it has to be decided again. */
    @Nullable
    Answer decide(Command command, Claims.@Nullable Claim claim) {
        Supplier<@Nullable Answer> decided;
        try {
            decided = tracing.step(Step.DECIDE, () -> decided(command, claim, tracing.traceId(), toTheLog));
        } catch (OvertakenException e) {
            toTheLog.requireTaking();
            return null;
        }
        turn.pass();
        return tracing.step(Step.WAIT_DURABLE, () -> Waiting.orUnknown(decided));
    }

    /** Decides, applies and appends; then the answer can be waited for. */
    Supplier<@Nullable Answer> decided(
            Command command, Claims.@Nullable Claim claim, @Nullable String traceId, Appends appends) {
        return switch (command) {
            case OfOneSku one -> {
                SkuRow row = table.find(one.key());
                if (row != null) {
                    yield decided(one, row, claim, traceId, appends);
                }
                if (StockRules.decide((InventoryRecord) null, one) instanceof Rejected rejected) {
                    yield () -> new Answer.Refused(rejected);
                }
                LimitReachedException.throwIf(table.refusal(one.key()));
                appends.requireTaking();
                yield decided(one, table.findOrCreate(one.key()), claim, traceId, appends);
            }
            case ReserveAll all -> decided(all, table.findAll(all.keys()), claim, traceId, appends);
            case HoldCommand hold ->
                table.withHold(hold.holdId(), hold.named(), rows -> decided(hold, rows, claim, traceId, appends));
        };
    }

    private Supplier<@Nullable Answer> decided(
            Command command, Rows rows, Claims.@Nullable Claim claim, @Nullable String traceId, Appends appends) {
        Supplier<@Nullable Answer> answer = null;
        try {
            answer = rows.locked(seen -> decided(command, rows, seen, claim, traceId, appends));
        } finally {
            if (answer == null) {
                rows.forgetIfEmpty();
            }
        }
        return answer;
    }

    private Supplier<@Nullable Answer> decided(
            Command command,
            Rows rows,
            Rows.Seen seen,
            Claims.@Nullable Claim claim,
            @Nullable String traceId,
            Appends appends) {
        if (rows.isForgotten()) {
            return () -> null; // it was empty, and whoever made it had to take its change back
        }
        return switch (StockRules.decide(seen, command)) {
            case Rejected rejected -> () -> seen.isDurable() ? new Answer.Refused(rejected) : null;
            case Already(Hold hold) -> () -> seen.isDurable() ? new Answer.Already(hold) : null;
            case Accepted accepted -> {
                PendingWrite write = new PendingWrite(this, command, rows, seen, accepted, claim);
                rows.apply(
                        accepted,
                        seen,
                        command.at(),
                        write); // first: the log's answer, which needs the locks, finds it
                boolean appended = false;
                try {
                    appends.append(Event.of(command, accepted, claim == null ? null : claim.request(), traceId), write);
                    appended = true;
                } finally {
                    if (!appended) {
                        rows.restore(seen);
                        write.notAppended();
                    }
                }
                if (claim != null) {
                    claim.handedToTheLog();
                }
                yield write::answer;
            }
        };
    }
}
