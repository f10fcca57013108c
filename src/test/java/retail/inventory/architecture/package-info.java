/** Holds the plan of the house: which package may import which, and what none may have. */
@NullMarked
package retail.inventory.architecture;

import org.jspecify.annotations.NullMarked;
