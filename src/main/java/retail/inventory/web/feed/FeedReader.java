package retail.inventory.web.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import retail.inventory.feed.EventHistory;
import retail.inventory.feed.EventHistory.Page;
import retail.inventory.journal.Event;
import retail.inventory.web.EventResponse;
import retail.inventory.web.LogPosition;
import tools.jackson.databind.json.JsonMapper;

/** Reads events as bytes of a stream, as a view shows them, a bounded number at a time. */
record FeedReader(EventHistory history, JsonMapper json, FeedView view) {

    /** What a follower that does not read holds; most of what it costs. */
    static final int BYTES_MAX = 1 << 16;

    /** So many events are looked at for somebody who is shown none of them, before he is told how far that was. */
    static final int LOOKED_AT_MAX = 10_000;

    private static final int EVENTS_MAX = 256;

    /**
     * How long whoever looks at many events rests in between: four of them who did not made a plain read take 372 ms, those who do
     * 2 ms (two cores, half of such reads took less, 2026-12-01).
     */
    static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /**
     * The events after a sequence, so many as fit; perhaps none, and yet further on, when it shows none of many.
     *
     * @throws EventHistory.GoneException when the first of them is no longer kept
     */
    FeedBatch after(long sequence) {
        FeedBatch batch = batch(sequence, history.page(sequence, EVENTS_MAX));
        while (batch.text().length == 0 && batch.next() > batch.after() && batch.next() - sequence < LOOKED_AT_MAX) {
            LockSupport.parkNanos(PAUSE_NANOS); // nothing is written meanwhile, at which others would get their turn
            batch = batch(batch.next(), history.page(batch.next(), EVENTS_MAX));
        }
        return batch;
    }

    private FeedBatch batch(long after, Page page) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long shown = after;
        for (Event event : page.events()) {
            EventResponse told = view.show(event);
            if (told == null) {
                continue;
            }
            shown = event.sequence();
            text.writeBytes(
                    ("id: " + LogPosition.text(shown, page.logId()) + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
            text.writeBytes(json.writeValueAsBytes(told));
            text.write('\n');
            text.write('\n');
            if (text.size() >= BYTES_MAX) {
                return new FeedBatch(after, text.toByteArray(), shown, shown);
            }
        }
        return new FeedBatch(after, text.toByteArray(), shown, page.next());
    }
}
