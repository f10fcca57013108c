/**
 * The live stock: {@link retail.inventory.table.InventoryTable} holds a row with a lock for each SKU of each store, and
 * {@link retail.inventory.table.InventoryFiles} keeps a copy of it in files, written behind the log.
 *
 * <p>A row may be ahead of the disk; its {@link retail.inventory.table.Commit} tells whether it is and how that ends.
 * The service enters; nobody else does.
 */
@NullMarked
package retail.inventory.table;

import org.jspecify.annotations.NullMarked;
