/**
 * The lease among processes that share a directory: one process at a time decides and writes. Off by default
 * ({@link retail.inventory.lease.Leases#NONE}). The service enters here, before it decides.
 *
 * <p>Stock is not safe because of the lease: at the end of the log each process takes in what the others wrote before it writes,
 * and decides again what was decided without it. The lease only keeps processes from deciding in vain all the time. By itself
 * it is as right as a lease can be.
 *
 * <h2>Files</h2>
 *
 * <pre>
 * .guard                      who holds the operating system's lock on it may change the other files
 * owner-&lt;id&gt;.lock             locked by process &lt;id&gt; for as long as it lives
 * writer.lease                absent: free; else owner, token, renewals, who waits
 * .writing-&lt;id&gt;               a lease file on its way
 * </pre>
 *
 * The lease file changes by a rename or is deleted, always inside the guard. Reading needs no guard. Nothing is forced: after a
 * power cut no process lives, so no lease does, and a file that is half there counts as free.
 *
 * <h2>Protocol</h2>
 *
 * <ul>
 *   <li>A process takes the free lease by writing itself into the file. All its threads then share it, for the price of a count,
 *       until it has not been used for as long as renewals are apart: then the file is deleted.
 *   <li>A process that finds it held puts itself at the end of the file's list and looks at the file: the first of the list
 *       twice a millisecond, the others less often. It has the lease as soon as the file says so. When its last thread gives up
 *       it leaves the list.
 *   <li>An owner that sees others wait goes on for a turn (20 ms), or until it has had nothing to do for a moment (1 ms). Then it
 *       lets no more threads in: they queue, and the process with them, behind those who wait. When its last thread has left, and
 *       so all it decided is durable, it rewrites the file for the process that has waited longest.
 *   <li>The owner renews the lease. It calls it invalid when its time to live has passed since before the latest renewal, or when
 *       the file is another's; threads must then take it anew.
 *   <li>Who waits takes it at once when it gets the lock on the owner's file: that process is dead. Else when it has seen owner,
 *       token and renewals unchanged for the time to live that the file states.
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
 *   <li>That the lease is still valid when its user acts. A process that is stopped after it was let in may write later than it
 *       should. The log sees that.
 *   <li>That the lease can be had while a process is stopped inside the guard, which is the only place where it keeps out
 *       everybody: it is refused to those who have waited long enough, until that process goes on or is killed.
 *   <li>Anything when somebody deletes files here under living processes, or on a file system shared by several machines.
 *   <li>Strict order when processes die or stop: who notices takes the lease. A process that stops while it waits is handed the
 *       lease all the same, once, and then waited out.
 * </ul>
 */
@NullMarked
package retail.inventory.lease;

import org.jspecify.annotations.NullMarked;
