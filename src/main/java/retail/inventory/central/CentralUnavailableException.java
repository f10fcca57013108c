package retail.inventory.central;

/** The central view, or the log it follows, cannot be read now. Nothing is lost; trying again later can help. */
public final class CentralUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** With a sentence on what is the matter. */
    public CentralUnavailableException(String message) {
        super(message);
    }
}
