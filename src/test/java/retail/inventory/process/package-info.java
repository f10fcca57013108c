/** The packaged jar as a process of its own: how it starts, refuses to start, dies and comes back. */
@NullMarked
package retail.inventory.process;

import org.jspecify.annotations.NullMarked;
