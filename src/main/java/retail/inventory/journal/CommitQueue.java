package retail.inventory.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
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
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition changed = gate.newCondition();
    private final RecentEventIds ids = new RecentEventIds();
    private final AdaptiveBatchDelay gathering = new AdaptiveBatchDelay();

    private List<PendingAppend> waiting = new ArrayList<>();
    private long waitingBytes;
    private long waitingSinceNanos;
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
        ids.known(event.eventId());
    }

    /** Adds an event at the end, or refuses it. */
    public void add(PendingAppend pending) {
        gate.lock();
        try {
            requireOpen();
            long bytes = pending.estimatedBytes();
            if (bytes > PendingAppend.TEXT_MAX) {
                throw new IllegalArgumentException("event " + pending.event().eventId() + " is too long for a line");
            }
            requirePlaceFor(bytes);
            if (!ids.add(pending.event().eventId())) {
                throw new IllegalArgumentException("event " + pending.event().eventId() + " is in the log already");
            }
            waitingBytes += bytes;
            waiting.add(pending);
            if (waiting.size() == 1) {
                waitingSinceNanos = System.nanoTime();
            }
            if (waiting.size() == 1 || waiting.size() == gathering.expected()) {
                changed.signal();
            }
        } finally {
            gate.unlock();
        }
    }

    /** Refuses as {@link #add} would refuse an event of some length. */
    public void requireTaking() {
        gate.lock();
        try {
            requireOpen();
            requirePlaceFor(PendingAppend.LINE_BYTES);
        } finally {
            gate.unlock();
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
        if (waitingBytes + bytes > bytesMax) {
            throw new LogUnavailableException(Cause.FULL, waiting.size() + " events are waiting for the disk");
        }
    }

    /** Says, before a batch is answered, how long its sync took: whoever is answered may soon come again. */
    public void synced(int answered, long nanos) {
        gate.lock();
        try {
            taken = 0;
            gathering.synced(answered, waiting.size(), nanos);
        } finally {
            gate.unlock();
        }
    }

    /** Waits for events and takes all there are; none only when the log is closed and everything was taken. */
    public List<PendingAppend> take() {
        gate.lock();
        try {
            taken = 0;
            while (waiting.isEmpty() && state != State.CLOSED) {
                changed.awaitUninterruptibly();
            }
            gather();
            taken = waiting.size();
            takenNanos = System.nanoTime();
            takenSinceNanos = waitingSinceNanos;
            return drain();
        } finally {
            gate.unlock();
        }
    }

    /** Refuses everything from now on and takes what waits: it is lost with the batch that failed. */
    public List<PendingAppend> fail(List<PendingAppend> batch, String why) {
        gate.lock();
        try {
            become(State.READ_ONLY, why);
            List<PendingAppend> lost = new ArrayList<>(batch);
            lost.addAll(drain());
            lost.forEach(pending -> ids.remove(pending.event().eventId()));
            return lost;
        } finally {
            gate.unlock();
        }
    }

    /** Forgets an event that did not get into the log, so that it may come again. */
    public void forget(PendingAppend pending) {
        gate.lock();
        try {
            ids.remove(pending.event().eventId());
        } finally {
            gate.unlock();
        }
    }

    /** Changes what the log does; a closed log stays closed. */
    public void become(State next, String why) {
        gate.lock();
        try {
            if (state != State.CLOSED) {
                state = next;
                reason = why;
            }
            changed.signal();
        } finally {
            gate.unlock();
        }
    }

    /** Waits some time; false at once when the log is closed. */
    public boolean pauseWhileNotClosed(long ms) {
        gate.lock();
        try {
            awaitWhile(() -> state != State.CLOSED, TimeUnit.MILLISECONDS.toNanos(ms));
            return state != State.CLOSED;
        } finally {
            gate.unlock();
        }
    }

    public LogStatus status() {
        gate.lock();
        try {
            boolean busy = taken > 0 && state == State.OPEN;
            long busyMs = busy ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - takenNanos) : 0;
            return new LogStatus(state, reason, waiting.size() + taken, busyMs);
        } finally {
            gate.unlock();
        }
    }

    /** See {@link retail.inventory.journal.EventLog#durableLagNanos}. */
    public long lagNanos() {
        gate.lock();
        try {
            if (taken > 0 && state == State.OPEN) {
                return System.nanoTime() - takenSinceNanos;
            }
            return waiting.isEmpty() ? 0 : System.nanoTime() - waitingSinceNanos;
        } finally {
            gate.unlock();
        }
    }

    private void gather() {
        int before = waiting.size();
        awaitWhile(() -> waiting.size() < gathering.expected() && state == State.OPEN, gathering.patienceNanos());
        gathering.took(before, waiting.size());
    }

    private void awaitWhile(BooleanSupplier holds, long nanos) {
        long left = nanos;
        try {
            while (left > 0 && holds.getAsBoolean()) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the log's thread", e);
        }
    }

    private List<PendingAppend> drain() {
        List<PendingAppend> all = waiting;
        waiting = new ArrayList<>();
        waitingBytes = 0;
        return all;
    }
}
