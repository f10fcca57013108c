/**
 * The routes of the central view, the audit and the dead letters, and their shapes.
 */
@NullMarked
package retail.inventory.web.central;

import org.jspecify.annotations.NullMarked;
