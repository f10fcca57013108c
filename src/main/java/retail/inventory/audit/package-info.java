/**
 * Two independent sums of the same stock: {@link retail.inventory.audit.Audit} compares the central view with the stores'
 * records, all the time, and says where they differ.
 */
@NullMarked
package retail.inventory.audit;

import org.jspecify.annotations.NullMarked;
