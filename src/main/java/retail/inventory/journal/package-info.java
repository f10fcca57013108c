/**
 * The durable log of everything that happened, as a port.
 *
 * <p>{@link retail.inventory.journal.EventLog} takes events and answers each with what became of it; it hands durable
 * events, and only those, to whoever reads. {@link retail.inventory.journal.Event} is an event as the log keeps it.
 * Adapters ({@code journal.file}, later a database) stand in rooms below; the service and the followers of the log
 * enter here.
 */
@NullMarked
package retail.inventory.journal;

import org.jspecify.annotations.NullMarked;
