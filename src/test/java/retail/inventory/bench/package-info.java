/** Measurements, started by the commands in {@code bench/}; they print figures and assert nothing. */
@NullMarked
package retail.inventory.bench;

import org.jspecify.annotations.NullMarked;
