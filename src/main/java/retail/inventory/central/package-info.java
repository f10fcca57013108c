/**
 * The central copy of all stores' stock, milliseconds behind the log.
 *
 * <p>{@link retail.inventory.central.SyncWorker} follows the log from its own position into
 * {@link retail.inventory.central.CentralInventory}; snapshots keep position and content in one file, so that a start
 * reads only what came after. Everything here can be rebuilt from the log and the stores' records. {@code audit} compares
 * it with them, {@code web.central} shows it.
 */
@NullMarked
package retail.inventory.central;

import org.jspecify.annotations.NullMarked;
