package retail.inventory.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What this process wants and has of one lease. All of it is guarded by the gate of {@link LocalLeases}. */
final class LocalLease {

    private final String name;
    private final Claim claim = new Claim();
    private final List<Ticket> asking = new ArrayList<>();
    private @Nullable Grant grant;
    private @Nullable String holder;
    private boolean turnOver;
    private boolean contended;

    LocalLease(String name) {
        this.name = name;
    }

    /** What a thread that waits is told. */
    sealed interface Answer {
        /** It is in. */
        record Granted(Grant grant) implements Answer {}

        /** It is not. */
        record Refused(String reason) implements Answer {}
    }

    /** A thread that waits. */
    static final class Ticket {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        CompletableFuture<Answer> answer() {
            return answer;
        }
    }

    /**
     * What there is to do about a lease.
     *
     * @param kept the period that goes on; null when there is none
     * @param wanted whether threads wait for it
     * @param yields whether a period of this process has just ended, and others go first
     * @param turnOver whether the period that goes on lets nobody in any more
     */
    record Work(LocalLease lease, @Nullable Grant kept, boolean wanted, boolean yields, boolean turnOver) {}

    String name() {
        return name;
    }

    /** What the keeper remembers of the file; of its thread only. */
    Claim claim() {
        return claim;
    }

    /** The process that has it when it is not this one, as far as is known. */
    @Nullable
    String holder() {
        return holder;
    }

    int users() {
        return grant == null ? 0 : grant.users();
    }

    /** Lets a thread in at once; null when it has to wait. */
    @Nullable
    Grant join() {
        Grant shared = grant;
        if (shared == null || turnOver || !shared.isValid()) {
            return null;
        }
        shared.enter();
        return shared;
    }

    /** Lets a thread wait; whether nobody else did. */
    boolean ask(Ticket thread) {
        asking.add(thread);
        return asking.size() == 1;
    }

    /** A thread gives up; whether it was the last one and nothing is held for it. */
    boolean withdraw(Ticket thread) {
        return asking.remove(thread) && asking.isEmpty() && grant == null;
    }

    /** A thread ends its use; whether it was the last one. */
    boolean leave(Grant used) {
        used.leave();
        return used.users() == 0 && used == grant;
    }

    /** Sees what is to be done, and lets nobody in any more when that is to give the lease away. */
    Work work(LeaseTally tally) {
        Grant held = grant;
        if (held != null && held.isValid() && held.users() > 0) {
            return new Work(this, held, !asking.isEmpty(), false, turnOver);
        }
        if (held != null && !held.isValid() && held.users() > 0) {
            tally.expired();
        }
        return giveAway();
    }

    /** Ends the period there is, used or not. */
    Work giveAway() {
        boolean yields = grant != null;
        end();
        return new Work(this, null, !asking.isEmpty(), yields, false);
    }

    /** Takes in what came of the work; whether there is more to do at once. */
    boolean apply(Outcome outcome, LeaseTally tally) {
        return switch (outcome) {
            case Outcome.Unchanged() -> false;
            case Outcome.Held(Grant got) -> letIn(got, tally);
            case Outcome.Waits(String other) -> {
                holder = other;
                contended = true;
                yield asking.isEmpty();
            }
            case Outcome.TurnOver() -> {
                turnOver = true;
                contended = true;
                yield users() == 0;
            }
            case Outcome.Lost() -> {
                tally.expired();
                end();
                yield true;
            }
            case Outcome.Gone() -> false;
            case Outcome.Failed(String reason) -> {
                refuse(reason);
                yield grant == null;
            }
        };
    }

    /** Refuses all that wait. */
    void refuse(String reason) {
        asking.forEach(thread -> thread.answer().complete(new Answer.Refused(reason)));
        asking.clear();
    }

    /** Whether nothing is wanted and nothing held, so that this can be forgotten once the file does not name this process. */
    boolean isIdle() {
        return grant == null && asking.isEmpty();
    }

    private boolean letIn(Grant got, LeaseTally tally) {
        if (asking.isEmpty()) {
            got.end();
            return true;
        }
        grant = got;
        holder = null;
        tally.contended(contended ? asking.size() : 0);
        contended = false;
        for (Ticket thread : asking) {
            got.enter();
            thread.answer().complete(new Answer.Granted(got));
        }
        asking.clear();
        return false;
    }

    private void end() {
        if (grant != null) {
            grant.end();
        }
        grant = null;
        turnOver = false;
    }
}
