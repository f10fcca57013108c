/**
 * The interface description as a file and as a page.
 */
@NullMarked
package retail.inventory.web.docs;

import org.jspecify.annotations.NullMarked;
