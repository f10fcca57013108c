/** What the people who run the service are shown. */
@NullMarked
package retail.inventory.ops;

import org.jspecify.annotations.NullMarked;
