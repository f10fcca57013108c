/**
 * The routes of the feed: pages of events, and streams of them with a bounded number of followers.
 */
@NullMarked
package retail.inventory.web.feed;

import org.jspecify.annotations.NullMarked;
