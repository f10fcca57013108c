/**
 * A program that stops, kills and misleads processes of the jar that share a data directory, and holds all that clients were
 * told against one store of stock.
 */
@NullMarked
package retail.inventory.several;

import org.jspecify.annotations.NullMarked;
