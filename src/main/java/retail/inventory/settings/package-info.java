/**
 * What the value of a setting may be: bounds once, from which the sentence follows that a start says when they are not kept.
 * Every package that has settings may import it; it imports none.
 */
@NullMarked
package retail.inventory.settings;

import org.jspecify.annotations.NullMarked;
