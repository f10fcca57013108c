/**
 * The write path: {@link retail.inventory.service.InventoryService} locks a SKU, decides, appends to the log, applies to
 * the table, unlocks, and answers when the log says durable. {@link retail.inventory.service.Idempotency} makes a
 * repeated request get its first answer, {@link retail.inventory.service.Recovery} rebuilds the state at start.
 *
 * <p>Locks are held for microseconds, never while the disk works. {@code web} and {@code web.stock} import it.
 */
@NullMarked
package retail.inventory.service;

import org.jspecify.annotations.NullMarked;
