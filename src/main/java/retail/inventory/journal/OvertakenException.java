package retail.inventory.journal;

/**
 * An event was not taken: what it was decided on may just be taken back, as others wrote first. It is to be decided again
 * once {@link EventLog#requireTaking} returns.
 */
public final class OvertakenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Made for each, without a trace: going back is nothing rare. */
    public OvertakenException() {
        super("others wrote first", null, false, false);
    }
}
