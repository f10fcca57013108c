package retail.inventory.web.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import retail.inventory.feed.EventHistory;
import retail.inventory.feed.EventHistory.Page;
import retail.inventory.journal.Event;
import retail.inventory.web.EventResponse;
import retail.inventory.web.LogPosition;
import retail.inventory.web.LogPositions;
import retail.inventory.web.ProblemException;
import retail.inventory.web.RequestPrice;

/** Reads the feed in pages. */
record FeedPages(EventHistory history, LogPositions positions) {

    private static final int AT_ONCE = 1000;

    /**
     * A page of events.
     *
     * @param next the sequence to go on after
     * @param position the same with the log it is one of
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PageResponse(
            List<EventResponse> events,
            long next,
            long durableSequence,
            @Nullable String logId,
            String position) {}

    /**
     * What a view shows of the events after a position. Looks at so many events that one request cannot read the whole log:
     * then there are fewer than asked for, or none, and {@code next} is how far it came. What it looks at is to be paid.
     *
     * @throws ProblemException when the position means nothing here
     */
    PageResponse read(LogPosition after, int limit, FeedView view, HttpServletRequest request) {
        boolean all = view.stores().areAll();
        List<EventResponse> shown = new ArrayList<>();
        Page page = read(after, all ? limit : AT_ONCE);
        long next = show(page, after.sequence(), limit, view, shown);
        while (!all && shown.size() < limit && isMoreToLookAt(page, next - after.sequence())) {
            LockSupport.parkNanos(FeedReader.PAUSE_NANOS); // others get their turn
            try {
                page = history.page(next, AT_ONCE);
            } catch (EventHistory.GoneException compactedMeanwhile) {
                break; // the next page says so
            }
            next = show(page, next, limit, view, shown);
        }
        long notPaid = next - after.sequence() - limit;
        if (!all && notPaid > 0) {
            RequestPrice.addRows(request, Math.toIntExact(notPaid));
        }
        return new PageResponse(
                shown, next, page.durableSequence(), page.logId(), LogPosition.text(next, page.logId()));
    }

    private static boolean isMoreToLookAt(Page page, long lookedAt) {
        return page.next() < page.durableSequence() && lookedAt < FeedReader.LOOKED_AT_MAX;
    }

    /** Up to which sequence events were looked at, until there were enough. */
    private static long show(Page page, long after, int limit, FeedView view, List<EventResponse> shown) {
        long lookedAt = after;
        for (Event event : page.events()) {
            if (shown.size() == limit) {
                return lookedAt;
            }
            EventResponse told = view.show(event);
            if (told != null) {
                shown.add(told);
            }
            lookedAt = event.sequence();
        }
        return page.next();
    }

    /**
     * Goes on when a position means something here, and what comes after it is kept.
     *
     * @throws ProblemException when not
     */
    void requireKept(LogPosition after) {
        read(after, 1);
    }

    private Page read(LogPosition after, int limit) {
        positions.requireHere(after);
        try {
            return history.page(after.sequence(), limit);
        } catch (EventHistory.GoneException e) {
            throw positions.compacted(after.sequence());
        }
    }
}
