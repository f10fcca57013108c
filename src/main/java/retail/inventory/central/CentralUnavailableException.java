package retail.inventory.central;

/** The central view, or the log it follows, cannot be used now. Nothing is lost; trying again later can help. */
public final class CentralUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why it cannot be used. */
    public enum Reason {
        /** It is still being read. */
        STARTING,
        /** The storage fails. */
        STORAGE_FAILED
    }

    /** With the reason, and a sentence on what is the matter. */
    public CentralUnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why it cannot be used. */
    public Reason reason() {
        return reason;
    }
}
