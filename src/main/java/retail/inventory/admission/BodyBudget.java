package retail.inventory.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of requests' bodies the service holds at once, of all clients together. They are counted as they come, so a
 * length that is only announced takes nothing from anybody. Safe for use by several threads.
 */
public final class BodyBudget {

    private static final long BYTES_MAX = 8L * 1024 * 1024;

    /** A small heap has less of them, so that they are a sixteenth of it at most. */
    private static final int HEAP_PART = 16;

    private final long bytes;
    private final AtomicLong held = new AtomicLong();

    BodyBudget(long heapBytes) {
        this.bytes = Math.min(BYTES_MAX, heapBytes / HEAP_PART);
    }

    /** Takes bytes that have come into account; false when there is no room for them. */
    public boolean take(long more) {
        if (held.addAndGet(more) > bytes) {
            held.addAndGet(-more);
            return false;
        }
        return true;
    }

    /** Gives taken bytes back: their request has been answered. */
    public void giveBack(long taken) {
        if (taken > 0) {
            held.addAndGet(-taken);
        }
    }

    /** How many are held. */
    public long held() {
        return held.get();
    }

    /** How many may be. */
    public long bytes() {
        return bytes;
    }
}
