package retail.inventory.lease;

import org.jspecify.annotations.Nullable;

/** The lease could not be had. Nothing was done; trying again can help. */
public final class LeaseRefusedException extends RuntimeException {

    private final long waitedMs;
    private final @Nullable String holder;

    LeaseRefusedException(long waitedMs, @Nullable String holder, String reason) {
        super("no lease after " + waitedMs + " ms" + (holder == null ? "" : ", held by process " + holder) + ": "
                + reason);
        this.waitedMs = waitedMs;
        this.holder = holder;
    }

    /** How long was waited, in milliseconds. */
    public long waitedMs() {
        return waitedMs;
    }

    /** The process that had it when last looked; null when none was seen. */
    public @Nullable String holder() {
        return holder;
    }
}
