package retail.inventory.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import retail.inventory.journal.EventLog.LogStatus;
import retail.inventory.journal.EventLog.State;
import retail.inventory.journal.LogUnavailableException.Cause;

/**
 * The events that wait for the disk, and whether any may. Its lock makes "accepted or refused" one step with the log's
 * state: after {@link #fail} no event that was decided on lost state can slip in. Held for moments, never while the disk
 * works or an answer runs.
 */
public final class CommitQueue {

    private final long bytesMax;
    private final Gate gate = new Gate();
    private final Condition changed = gate.newCondition();
    private final Condition decidable = gate.newCondition();
    private final AdaptiveBatchDelay gathering = new AdaptiveBatchDelay();

    private final OpenAppends waiting = new OpenAppends();
    private boolean goingBack;
    private boolean working;
    private int taken;
    private long takenNanos;
    private long takenSinceNanos;
    private State state = State.OPENING;
    private String reason = "the log is being read";

    public CommitQueue(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Remembers the id of an event that is in the log, before any is added. */
    public void known(Event event) {
        waiting.known(event);
    }

    /** Says how many threads may add one now: the first batch after others have written waits for them, for a moment. */
    public void expect(IntSupplier threads) {
        try (Gate _ = gate.entered()) {
            gathering.expect(threads);
        }
    }

    /** Adds an event at the end, or refuses it. */
    public void add(PendingAppend pending) {
        try (Gate _ = gate.entered()) {
            requireOpen();
            if (goingBack || !pending.submitter().stands()) {
                throw new OvertakenException();
            }
            if (pending.isTooLong()) {
                throw new IllegalArgumentException("event " + pending.event().eventId() + " is too long for a line");
            }
            requirePlaceFor(pending.estimatedBytes());
            if (!waiting.add(pending)) {
                throw new IllegalArgumentException("event " + pending.event().eventId() + " is in the log already");
            }
            if (waiting.size() == 1 || waiting.size() == gathering.expected()) {
                changed.signal();
            }
        }
    }

    /** Refuses as {@link #add} would refuse an event of some length; waits while the log goes back. */
    public void requireTaking() {
        try (Gate _ = gate.entered()) {
            while (goingBack) {
                decidable.awaitUninterruptibly();
            }
            requireOpen();
            requirePlaceFor(PendingAppend.LINE_BYTES + PendingAppend.MOVEMENT_BYTES);
        }
    }

    private void requireOpen() {
        switch (state) {
            case OPEN -> {}
            case OPENING -> throw new LogUnavailableException(Cause.STARTING, reason);
            case READ_ONLY -> throw new LogUnavailableException(Cause.STORAGE_FAILED, reason);
            case CLOSED -> throw new LogUnavailableException(Cause.CLOSED, reason);
        }
    }

    private void requirePlaceFor(long bytes) {
        if (waiting.bytes() + bytes > bytesMax) {
            throw new LogUnavailableException(Cause.FULL, waiting.size() + " events are waiting for the disk");
        }
    }

    /** Says, before a batch is answered, how long its sync took: whoever is answered may soon come again. */
    public void synced(int answered, long nanos) {
        try (Gate _ = gate.entered()) {
            rest();
            gathering.synced(answered, waiting.size(), nanos);
        }
    }

    /** Waits for events, for as many as may be worth it; false when the log is closed and everything was taken. */
    public boolean await() {
        try (Gate _ = gate.entered()) {
            rest();
            while (waiting.isEmpty() || goingBack) {
                if (state == State.CLOSED && !goingBack) {
                    return false;
                }
                changed.awaitUninterruptibly();
            }
            gather();
            working = true;
            takenNanos = System.nanoTime();
            takenSinceNanos = waiting.sinceNanos();
            return true;
        }
    }

    /** Takes all that waits, which is what is open as long as nothing else was taken. */
    public List<PendingAppend> take() {
        try (Gate _ = gate.entered()) {
            taken = waiting.size();
            return waiting.take();
        }
    }

    /**
     * Refuses everything from now on and gives up what is open: the batch that failed, and what waits. All of it is undone,
     * newest first, then answered.
     */
    public void fail(List<PendingAppend> batch, String why) {
        List<PendingAppend> open;
        try (Gate _ = gate.entered()) {
            become(State.READ_ONLY, why);
            rest();
            open = waiting.giveUp(batch).reversed();
        }
        open.forEach(PendingAppend::undo);
        open.forEach(lost -> lost.tell(new Appended.Unavailable(why)));
    }

    /** Something is done that changes what was decided on. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /**
     * Takes in what others wrote first. All that is open, which is what waits, is undone before, newest first, and decided
     * again after it, in order. Nothing is added meanwhile: whoever has decided holds the lock of its row until {@link #add}
     * returns, so what is added later was decided later.
     */
    public void goBack(Work takeIn) throws IOException {
        List<PendingAppend> open;
        try (Gate _ = gate.entered()) {
            goingBack = true;
            open = waiting.giveUp(List.of());
            gathering.overtaken();
        }
        try {
            open.reversed().forEach(PendingAppend::undo);
            takeIn.run();
        } finally {
            List<PendingAppend> again = new ArrayList<>();
            open.forEach(undone -> undone.decideAgain(again::add));
            try (Gate _ = gate.entered()) {
                again.forEach(waiting::add);
                goingBack = false;
                decidable.signalAll();
                changed.signal();
            }
        }
    }

    /** Changes what the log does; a closed log stays closed. */
    public void become(State next, String why) {
        try (Gate _ = gate.entered()) {
            if (state != State.CLOSED) {
                state = next;
                reason = why;
            }
            changed.signal();
        }
    }

    /** Waits some time; false at once when the log is closed. */
    public boolean pauseWhileNotClosed(long ms) {
        try (Gate _ = gate.entered()) {
            awaitWhile(() -> state != State.CLOSED, TimeUnit.MILLISECONDS.toNanos(ms), Long.MAX_VALUE);
            return state != State.CLOSED;
        }
    }

    public LogStatus status() {
        try (Gate _ = gate.entered()) {
            boolean busy = working && state == State.OPEN;
            long busyMs = busy ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - takenNanos) : 0;
            return new LogStatus(state, reason, waiting.size() + taken, busyMs);
        }
    }

    /** See {@link retail.inventory.journal.EventLog#durableLagNanos}. */
    public long lagNanos() {
        try (Gate _ = gate.entered()) {
            if (working && state == State.OPEN) {
                return System.nanoTime() - takenSinceNanos;
            }
            return waiting.isEmpty() ? 0 : System.nanoTime() - waiting.sinceNanos();
        }
    }

    private void rest() {
        working = false;
        taken = 0;
    }

    private void gather() {
        int before = waiting.size();
        BooleanSupplier someAreMissing = () -> waiting.size() < gathering.expected() && state == State.OPEN;
        awaitWhile(someAreMissing, gathering.patienceNanos(), gathering.askEveryNanos());
        gathering.took(before, waiting.size());
    }

    private void awaitWhile(BooleanSupplier holds, long nanos, long askEveryNanos) {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; left > 0 && holds.getAsBoolean(); left = end - System.nanoTime()) {
                long _ = changed.awaitNanos(Math.min(left, askEveryNanos));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the log's thread", e);
        }
    }
}
