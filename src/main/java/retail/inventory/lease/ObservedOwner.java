package retail.inventory.lease;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What this process has seen of the lease while others had it. */
final class ObservedOwner {

    private @Nullable LeaseContent content;
    private long sinceNanos;
    private long hadItAtNanos;

    /** Whether the owner has not renewed the lease for as long as it has to. What the file says was read between two moments. */
    boolean isStopped(LeaseContent now, long beforeNanos, long afterNanos) {
        hadItAtNanos = beforeNanos;
        if (content == null || !content.isAsRenewedAs(now)) {
            sinceNanos = afterNanos;
        }
        content = now;
        return afterNanos - sinceNanos >= TimeUnit.MILLISECONDS.toNanos(now.ttlMs());
    }

    /** It is about to be given the lease, and to count its time to live from before it knows. */
    void isGivenIt(long beforeNanos) {
        hadItAtNanos = beforeNanos;
        content = null;
    }

    /** A moment when another process had the lease; the latest known one. */
    long hadItAtNanos() {
        return hadItAtNanos;
    }
}
