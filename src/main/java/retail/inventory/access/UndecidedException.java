package retail.inventory.access;

/** Nobody can say now whom a token shows; the message says why, for the client. */
public final class UndecidedException extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What has to be over first. */
    public enum Reason {
        /** The token's key is not known, and the issuer, which may know it, does not answer. */
        ISSUER_AWAY,
        /** Too many tokens are being verified. */
        BUSY
    }

    UndecidedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
