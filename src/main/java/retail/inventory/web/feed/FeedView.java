package retail.inventory.web.feed;

import org.jspecify.annotations.Nullable;
import retail.inventory.access.Grants;
import retail.inventory.access.Operation;
import retail.inventory.journal.Event;
import retail.inventory.web.EventResponse;
import retail.inventory.web.GrantedStores;

/**
 * What somebody is shown of the feed: of each event that did something in his stores all that it says of itself, and what it
 * did there. Of what happens elsewhere only the gaps between sequences show. That none is missing is told by the versions of
 * each SKU.
 *
 * @param by whether he is shown who was allowed to make a change
 */
record FeedView(GrantedStores stores, boolean by) {

    static FeedView of(Grants grants) {
        return new FeedView(GrantedStores.of(grants, Operation.FEED), grants.mayEverywhere(Operation.AUDIT));
    }

    /** An event as it is shown; null when it is not. */
    @Nullable
    EventResponse show(Event event) {
        return EventResponse.of(event, stores, by);
    }
}
