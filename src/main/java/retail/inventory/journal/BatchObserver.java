package retail.inventory.journal;

/** Is told of the batches that a log makes durable, by those who want to see where time goes; it changes nothing. */
@FunctionalInterface
public interface BatchObserver {

    /**
     * Some events became durable together and have been answered. On the log's own thread, so it must be quick.
     *
     * @param first the sequence of the first one
     * @param last that of the last one
     * @param nanos how long it took, in nanoseconds: writing, syncing and, where processes write in turns, the wait for the turn
     * @param forceNanos how long the disk took of that to force them
     */
    void durable(long first, long last, long nanos, long forceNanos);
}
