/**
 * The durable log of everything that happened, as two ports: {@link retail.inventory.journal.EventLog} takes events and
 * answers each with what became of it, {@link retail.inventory.journal.EventFeed} reads those that are durable, and only
 * those. {@link retail.inventory.journal.Event} is an event as the log keeps it.
 *
 * <p>What every storage needs in front of it is here too: {@link retail.inventory.journal.CommitQueue} queues and bounds what
 * waits for the disk, {@link retail.inventory.journal.AdaptiveBatchDelay} gathers batches. Adapters ({@code journal.file},
 * later a database) are packages of their own.
 */
@NullMarked
package retail.inventory.journal;

import org.jspecify.annotations.NullMarked;
