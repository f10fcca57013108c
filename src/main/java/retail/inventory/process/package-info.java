/**
 * The process as a whole: what it prints, which never holds anybody up ({@link retail.inventory.process.ProcessOutput}),
 * errors that nobody foresaw ({@link retail.inventory.process.Defects}), and how it ends when it cannot go on. Every package
 * may import it; it imports none.
 */
@NullMarked
package retail.inventory.process;

import org.jspecify.annotations.NullMarked;
