package retail.inventory.lease;

import java.util.List;

/**
 * The lease that some process has, for an operator.
 *
 * @param name what it is of
 * @param owner the process: its number and a random one
 * @param sinceMs how long it has had it, by the wall clocks of both
 * @param users threads of this process that use it now
 * @param waiting the processes that wait for it, the next one first
 */
public record HeldLease(String name, String owner, long sinceMs, int users, List<String> waiting) {}
