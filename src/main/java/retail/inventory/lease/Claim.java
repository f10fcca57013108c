package retail.inventory.lease;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the keeper remembers of one lease file between two looks at it. Of its thread only. */
final class Claim {

    /** How a file names this process. */
    enum Place {
        /** Not at all. */
        NONE,
        /** In the list of those that wait. */
        WAITING,
        /** As the owner; or not known, for the disk failed. */
        OWNER_OR_UNKNOWN
    }

    private Place place = Place.NONE;
    private long othersAtNanos;
    private @Nullable LeaseContent seen;
    private long seenSinceNanos;

    Place place() {
        return place;
    }

    void become(Place next) {
        place = next;
        seen = null;
    }

    /** A moment when another process had the lease; the latest known one. */
    long othersAtNanos() {
        return othersAtNanos;
    }

    /**
     * Another process has the lease.
     *
     * @param beforeNanos a moment before the file was read
     */
    void others(long beforeNanos) {
        place = Place.WAITING;
        othersAtNanos = beforeNanos;
    }

    /**
     * Whether the owner has not renewed its lease for as long as it has to.
     *
     * @param afterNanos a moment after the content was read
     */
    boolean isStopped(LeaseContent content, long afterNanos) {
        if (seen == null || !seen.isAsRenewedAs(content)) {
            seenSinceNanos = afterNanos;
        }
        seen = content;
        return afterNanos - seenSinceNanos >= TimeUnit.MILLISECONDS.toNanos(content.ttlMs());
    }
}
