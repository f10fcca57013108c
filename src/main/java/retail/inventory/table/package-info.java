/**
 * The live stock: {@link retail.inventory.table.InventoryTable} holds a row with a lock for each SKU of each store.
 *
 * <p>A row may be ahead of the disk; its {@link retail.inventory.table.Commit} tells whether it is and how that ends. The
 * write path changes it, {@code checkpoint} copies it.
 */
@NullMarked
package retail.inventory.table;

import org.jspecify.annotations.NullMarked;
