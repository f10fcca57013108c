package retail.inventory.central;

import java.time.Instant;

/**
 * How old an answer from the central view is.
 *
 * @param sequence it has everything up to this event
 * @param at it was complete at this time
 * @param lagMs how long ago that was; 0 = it has everything that is durable now
 * @param stale whether that is longer than the bound ({@code FRESHNESS_BOUND_MS})
 */
public record Freshness(long sequence, Instant at, long lagMs, boolean stale) {}
