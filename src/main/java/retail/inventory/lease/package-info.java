/**
 * Leases among processes that share a directory: one process at a time writes a SKU. Off by default
 * ({@link retail.inventory.lease.Leases#NONE}). The service enters here, before it decides on a SKU.
 *
 * <p>Stock is not safe because of leases: the log refuses a second event of a version, whoever writes it. Leases only keep
 * processes from deciding in vain all the time. By themselves they are as right as leases can be.
 *
 * <h2>Files</h2>
 *
 * <pre>
 * .guard                      who holds the operating system's lock on it may change the other files
 * owner-&lt;id&gt;.lock             locked by process &lt;id&gt; for as long as it lives
 * &lt;store&gt;~&lt;sku&gt;.lease         absent: free; else owner, token, renewals, who waits
 * .writing-&lt;id&gt;               a lease file on its way
 * </pre>
 *
 * A lease file changes by a rename or is deleted, always inside the guard. Reading needs no guard. Nothing is forced: after a
 * power cut no process lives, so no lease does, and a file that is half there counts as free.
 *
 * <h2>Protocol</h2>
 *
 * <ul>
 *   <li>A process takes a free lease by writing itself into its file. All its threads then share it; when the last one leaves,
 *       the file is deleted, or rewritten for the process that has waited longest.
 *   <li>A process that finds a lease held puts itself at the end of the file's list and looks at the file every few
 *       milliseconds. It has the lease as soon as the file says so. When its last thread gives up it leaves the list.
 *   <li>A process that has had a lease for a turn (20 ms) while others wait lets no more threads in: they queue, and the process
 *       with them, behind those who wait. So a hot SKU goes round among processes, and a turn serves many threads.
 *   <li>The owner renews a lease that it goes on using. It calls it invalid when its time to live has passed since before the
 *       latest renewal, or when the file is another's; threads must then take it anew.
 *   <li>Who waits takes a lease at once when it gets the lock on the owner's file: that process is dead. Else when it has seen
 *       owner, token and renewals unchanged for the time to live that the file states.
 * </ul>
 *
 * Times are differences of {@link System#nanoTime} within one process ({@code CLOCK_MONOTONIC}, which goes on while a process is
 * stopped and which nobody can set). The wall clock is written down for people and never read.
 *
 * <h2>Why two processes never both have a valid lease</h2>
 *
 * Every change of owner is written inside the guard by one who has read the file there, so owners follow each other, and a token
 * is never used twice. Let P own the lease, Q come next.
 *
 * <ol>
 *   <li>P gave it away: it had ended its period before it wrote the file, and Q's begins after that write.
 *   <li>P is dead: nothing of P is valid.
 *   <li>Q took it for P seemed to have stopped: Q had seen P's latest write for a time to live. That write was made after the
 *       moment from which P counts the same time. P counts from before its own write; when the lease was handed to P, from a look
 *       that still saw another owner. So P's ended before Q's began.
 * </ol>
 *
 * <h2>What is not promised</h2>
 *
 * <ul>
 *   <li>That a lease is still valid when its user acts. A process that is stopped between {@code isValid()} and its write may
 *       write later than it should. The log sees that.
 *   <li>That leases can be had while a process is stopped inside the guard, which is the only place where it keeps out everybody:
 *       they are refused when they have waited long enough, until it goes on or is killed.
 *   <li>Anything when somebody deletes files here under living processes, or on a file system shared by several machines.
 *   <li>Strict order when processes die or stop: who notices takes the lease. A process that stops while it waits is handed the
 *       lease all the same, once for each name, and then waited out.
 * </ul>
 */
@NullMarked
package retail.inventory.lease;

import org.jspecify.annotations.NullMarked;
