package retail.inventory.lease;

/**
 * What happened to the lease in this process since its start.
 *
 * @param acquired uses that were let in
 * @param contended those of them that had to wait for another process
 * @param stolen how often it was taken from a process that was dead or had stopped
 * @param expired how often it ran out for this process while in use, or was taken from it
 * @param rejected uses that were refused
 * @param waitNanos how long all uses waited together, those that were refused as well
 * @param waitMaxNanos how long one of them waited at most
 */
public record LeaseCounts(
        long acquired, long contended, long stolen, long expired, long rejected, long waitNanos, long waitMaxNanos) {

    /** Of a process that shares with nobody. */
    public static final LeaseCounts NONE = new LeaseCounts(0, 0, 0, 0, 0, 0, 0);
}
