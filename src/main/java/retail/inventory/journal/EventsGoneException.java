package retail.inventory.journal;

/** Events that were asked for have been compacted away. */
public final class EventsGoneException extends RuntimeException {

    private final long oldest;

    /** With the first sequence that can still be read. */
    public EventsGoneException(long oldest) {
        super("the oldest event kept is " + oldest);
        this.oldest = oldest;
    }

    /** The first sequence that can still be read. */
    public long oldest() {
        return oldest;
    }
}
