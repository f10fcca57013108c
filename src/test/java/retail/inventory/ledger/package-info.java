/**
 * Replays a retailer's ledger over HTTP from many clients at once and holds the service against a plain loop.
 *
 * <p>A program of its own, started by {@link retail.inventory.ledger.LedgerReplay}: it knows the service by its HTTP
 * contract only, shares no code with it and uses nothing but the JDK, so it runs without a build. Tests may call it in
 * process; no other room of this project is needed here. Its connection and its percentiles serve {@code bench} too.
 */
@NullMarked
package retail.inventory.ledger;

import org.jspecify.annotations.NullMarked;
