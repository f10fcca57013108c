/**
 * Who may come in, and how many at once: a rate limit per client, bulkheads with a bounded queue for changes and for syncs,
 * and counts of what became of all requests. {@code web} asks here before it does anything; what is refused here has
 * changed nothing.
 */
@NullMarked
package retail.inventory.admission;

import org.jspecify.annotations.NullMarked;
