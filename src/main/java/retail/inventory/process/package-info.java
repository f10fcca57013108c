/**
 * The process as a whole: what it prints, which never holds anybody up ({@link retail.inventory.process.ProcessOutput}), and
 * how it ends when it cannot go on. Any room may use it; it uses none.
 */
@NullMarked
package retail.inventory.process;

import org.jspecify.annotations.NullMarked;
