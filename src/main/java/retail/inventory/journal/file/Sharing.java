package retail.inventory.journal.file;

import retail.inventory.disk.Presence;
import retail.inventory.disk.ProcessMutex;

/**
 * How processes that write the same log come to terms.
 *
 * @param turns one is at the end of the log at a time
 * @param presence tells the first one, which repairs what a crash left, from those who find others at work
 */
record Sharing(ProcessMutex turns, Presence presence) {}
