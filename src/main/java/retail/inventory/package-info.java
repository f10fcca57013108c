/** Root. */
@NullMarked
package retail.inventory;

import org.jspecify.annotations.NullMarked;
