package retail.inventory.journal;

/** The log takes no event now, and has not taken this one. Trying again later can help. */
public final class LogUnavailableException extends RuntimeException {

    private final Cause cause;

    /** Why the log takes nothing. */
    public enum Cause {
        /** It has not been opened yet. */
        STARTING,
        /** The storage failed; a new segment is tried until one works. */
        STORAGE_FAILED,
        /** More is waiting for the disk than may wait. */
        FULL,
        /** It was closed. */
        CLOSED
    }

    /** With the cause, and a sentence on what is the matter. */
    public LogUnavailableException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    /** Why the log takes nothing. */
    public Cause reason() {
        return cause;
    }
}
