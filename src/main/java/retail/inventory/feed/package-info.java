/**
 * The log for outside readers: {@link retail.inventory.feed.EventHistory} gives durable events, in order, in pages or as they
 * come. {@code web.feed} shows it.
 */
@NullMarked
package retail.inventory.feed;

import org.jspecify.annotations.NullMarked;
