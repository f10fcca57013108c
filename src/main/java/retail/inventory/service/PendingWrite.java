package retail.inventory.service;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.PendingAppend;
import retail.inventory.journal.Submitter;
import retail.inventory.stock.Command;
import retail.inventory.stock.Decision.Accepted;
import retail.inventory.table.Commit;
import retail.inventory.table.Rows;

/**
 * An accepted change between its append and its fate: goes back when the log says so, settles the idempotency claim, and lets
 * everybody who saw the change wait for its fate.
 */
final class PendingWrite implements Commit, Submitter {

    private final ChangeAttempt attempt;
    private final Command command;
    private final Rows rows;
    /** Null once the fate is known, else the changes of a hot SKU would hold each other in memory for ever. */
    private volatile Rows.@Nullable Seen before;

    private final Accepted accepted;
    private final Claims.@Nullable Claim claim;
    /** Whether it is durable. */
    private final CompletableFuture<Boolean> fate = new CompletableFuture<>();
    /** What its fate means for the caller; there before that is known. */
    private Supplier<@Nullable Answer> answer = () -> null;

    PendingWrite(
            ChangeAttempt attempt,
            Command command,
            Rows rows,
            Rows.Seen before,
            Accepted accepted,
            Claims.@Nullable Claim claim) {
        this.attempt = attempt;
        this.command = command;
        this.rows = rows;
        this.before = before;
        this.accepted = accepted;
        this.claim = claim;
        attempt.deadlines().watch(fate); // before anybody can wait for it
    }

    /** The log's answer, on the log's thread. */
    @Override
    public void accept(Appended outcome) {
        switch (outcome) {
            case Appended.Durable durable -> {
                Answer.Accepted told = new Answer.Accepted(
                        accepted.movements(), accepted.hold(), command.at(), command.id(), durable.sequence(), false);
                if (claim != null) { // first: who sees the rows settled counts on the key being remembered
                    claim.answered(told);
                }
                rows.settle(this);
                before = null;
                known(true, () -> told);
            }
            case Appended.Unavailable lost ->
                givenUp(() -> {
                    throw new OutcomeUnknownException(lost.reason()); // it may still be found in the failed segment
                });
        }
    }

    /** Another process may have answered the same key, with a change of other rows. */
    @Override
    public boolean stands() {
        return claim == null || claim.stands();
    }

    @Override
    public void undo() {
        Rows.Seen seen = before;
        before = null;
        if (seen != null) {
            rows.locked(now -> {
                rows.restore(seen);
                return now;
            });
        }
    }

    /** From the idempotency step on: another process may have answered the same key. A caller who has gone wants nothing. */
    @Override
    public @Nullable PendingAppend decideAgain(PendingAppend undone) {
        if (fate.isDone() || !stands()) {
            givenUp(() -> null);
            return null;
        }
        Redecided again = new Redecided();
        Supplier<@Nullable Answer> next;
        try {
            next = attempt.decided(command, claim, undone.event().traceId(), again);
        } catch (RuntimeException e) {
            givenUp(() -> {
                throw e;
            });
            return null;
        } catch (Error e) {
            givenUp(() -> {
                throw e;
            });
            throw e;
        }
        if (again.append == null) {
            givenUp(next);
        } else {
            known(false, next);
        }
        return again.append;
    }

    /** Takes what the command has become. */
    private static final class Redecided implements ChangeAttempt.Appends {
        private @Nullable PendingAppend append;

        @Override
        public void append(Event event, PendingWrite write) {
            append = new PendingAppend(event, write);
        }
    }

    @Override
    public boolean await() {
        return attempt.deadlines().await(fate);
    }

    @Override
    public boolean isKnownDurable() {
        return fate.getNow(false);
    }

    /** The log did not take it, so there is no answer of the log; nobody has seen it. */
    void notAppended() {
        known(false, () -> null);
    }

    /** Waits for the log and says what it means for the caller; null when the command has to be decided again. */
    @Nullable
    Answer answer() {
        boolean _ = await();
        return answer.get();
    }

    /** There is no such change any more, and no other in its place. */
    private void givenUp(Supplier<@Nullable Answer> told) {
        if (claim != null) {
            claim.released();
        }
        rows.forgetIfEmpty();
        known(false, told);
    }

    private void known(boolean durable, Supplier<@Nullable Answer> told) {
        answer = told;
        fate.complete(durable);
    }
}
