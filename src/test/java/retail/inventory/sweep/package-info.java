/** The front door swept with every kind of request that a seed can make, right and wrong, over raw connections. */
@NullMarked
package retail.inventory.sweep;

import org.jspecify.annotations.NullMarked;
