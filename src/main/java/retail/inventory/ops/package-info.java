/**
 * For the people who run the service: health, meters, and the form of the log. Imports every package; none imports it.
 */
@NullMarked
package retail.inventory.ops;

import org.jspecify.annotations.NullMarked;
