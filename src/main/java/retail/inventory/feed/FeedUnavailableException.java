package retail.inventory.feed;

/** The log cannot be followed now. Nothing is lost; trying again later can help. */
public final class FeedUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why it cannot be followed. */
    public enum Reason {
        /** It is still being opened. */
        STARTING,
        /** The storage fails. */
        STORAGE_FAILED
    }

    /** With the reason, and a sentence on what is the matter. */
    public FeedUnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static FeedUnavailableException storageFailed(RuntimeException e) {
        return new FeedUnavailableException(Reason.STORAGE_FAILED, String.valueOf(e.getMessage()));
    }

    /** Why it cannot be followed. */
    public Reason reason() {
        return reason;
    }
}
