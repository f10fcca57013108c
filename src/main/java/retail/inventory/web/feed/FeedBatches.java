package retail.inventory.web.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import retail.inventory.feed.EventHistory;
import retail.inventory.feed.EventHistory.Page;
import retail.inventory.journal.Event;
import retail.inventory.web.EventResponse;
import retail.inventory.web.LogPosition;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as bytes of a stream, a bounded number at a time. Followers who are at the same place share them: a change is
 * encoded about once, not once for each of a thousand. Safe for several threads.
 */
final class FeedBatches {

    /** What a follower that does not read holds; most of what it costs. */
    static final int BYTES_MAX = 1 << 16;

    private static final int EVENTS_MAX = 256;
    private static final int KEPT = 16;

    private final EventHistory history;
    private final JsonMapper json;
    private final AtomicReferenceArray<@Nullable Batch> latest = new AtomicReferenceArray<>(KEPT);

    FeedBatches(EventHistory history, JsonMapper json) {
        this.history = history;
        this.json = json;
    }

    /** Some events. */
    static final class Batch {
        private final long after;
        private final byte[] text;
        private final long next;

        private Batch(long after, byte[] text, long next) {
            this.after = after;
            this.text = text;
            this.next = next;
        }

        /** Their bytes, which all share and nobody changes. */
        byte[] text() {
            return text;
        }

        /** What to go on after; the sequence that was asked for when there is nothing yet. */
        long next() {
            return next;
        }
    }

    /**
     * The events after a sequence, so many as fit.
     *
     * @throws EventHistory.GoneException when the first of them is no longer kept
     */
    Batch after(long sequence) {
        int slot = (int) (sequence % KEPT);
        Batch known = latest.get(slot);
        if (known != null && known.after == sequence) {
            return known;
        }
        Batch read = read(sequence);
        if (read.next() > sequence) {
            latest.set(slot, read);
        }
        return read;
    }

    private Batch read(long after) {
        Page page = history.page(after, EVENTS_MAX);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Event event : page.events()) {
            text.writeBytes(("id: " + LogPosition.text(event.sequence(), page.logId()) + "\ndata: ")
                    .getBytes(StandardCharsets.US_ASCII));
            text.writeBytes(json.writeValueAsBytes(EventResponse.of(event)));
            text.write('\n');
            text.write('\n');
            if (text.size() >= BYTES_MAX) {
                return new Batch(after, text.toByteArray(), event.sequence());
            }
        }
        return new Batch(after, text.toByteArray(), page.next());
    }
}
