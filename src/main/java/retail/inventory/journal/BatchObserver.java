package retail.inventory.journal;

/** Is told of the batches that a log makes durable, by those who want to see where time goes; it changes nothing. */
@FunctionalInterface
public interface BatchObserver {

    /** For a log that nobody watches. */
    BatchObserver NONE = (first, last, nanos) -> {};

    /**
     * Some events have just become durable together. On the log's own thread, so it must be quick.
     *
     * @param first the sequence of the first one
     * @param last that of the last one
     * @param nanos how long writing and syncing took, in nanoseconds
     */
    void durable(long first, long last, long nanos);
}
