package retail.inventory.service;

import retail.inventory.stock.Hold;

/**
 * A hold as it is at the moment it is asked for.
 *
 * @param hold as its latest event left it
 * @param state where it stands now: its end may have come since
 */
public record HoldNow(Hold hold, Hold.State state) {}
