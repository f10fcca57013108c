/** How the tests of single packages have Lincheck look for executions that no order of their operations explains. */
@NullMarked
package retail.inventory.lincheck;

import org.jspecify.annotations.NullMarked;
