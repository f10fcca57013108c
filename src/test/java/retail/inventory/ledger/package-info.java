/**
 * Replays a retailer's ledger over HTTP from many clients at once and holds the service against a plain loop.
 *
 * <p>Two programs: {@link retail.inventory.ledger.LedgerReplay} against a running service, and
 * {@link retail.inventory.ledger.FollowLedger}, which starts the service in two processes, kills one of them meanwhile and
 * compares all that follows from the log as well. They know the service by its HTTP contract only.
 */
@NullMarked
package retail.inventory.ledger;

import org.jspecify.annotations.NullMarked;
