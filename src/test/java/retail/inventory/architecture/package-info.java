/** Holds the plan of the house: which room may enter which, and what no room may have. */
@NullMarked
package retail.inventory.architecture;

import org.jspecify.annotations.NullMarked;
