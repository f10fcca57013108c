/**
 * Replays a retailer's ledger over HTTP from many clients at once and holds the service against a plain loop.
 *
 * <p>Two programs of their own: {@link retail.inventory.ledger.LedgerReplay} against a running service, and
 * {@link retail.inventory.ledger.FollowLedger}, which starts the service in two processes, kills one of them meanwhile and
 * compares all that follows from the log as well. They know the service by its HTTP contract only, share no code with it
 * and use nothing but the JDK, so they run without a build. Tests may call them in process; no other package of this project
 * is needed here. The connection and the percentiles serve {@code bench} too.
 */
@NullMarked
package retail.inventory.ledger;

import org.jspecify.annotations.NullMarked;
