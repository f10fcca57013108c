package retail.inventory.web.feed;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import retail.inventory.feed.EventHistory;

/**
 * What those are sent who are shown all stores. Who are at the same place share it: a change is encoded about once, not once
 * for each of a thousand. Safe for several threads.
 */
final class FeedBatches {

    private static final int KEPT = 16;

    private final FeedReader reader;
    private final AtomicReferenceArray<@Nullable FeedBatch> latest = new AtomicReferenceArray<>(KEPT);

    FeedBatches(FeedReader reader) {
        this.reader = reader;
    }

    /**
     * The events after a sequence, so many as fit.
     *
     * @throws EventHistory.GoneException when the first of them is no longer kept
     */
    FeedBatch after(long sequence) {
        int slot = (int) (sequence % KEPT);
        FeedBatch known = latest.get(slot);
        if (known != null && known.after() == sequence) {
            return known;
        }
        FeedBatch read = reader.after(sequence);
        if (read.after() == sequence && read.next() > sequence) {
            latest.set(slot, read);
        }
        return read;
    }
}
