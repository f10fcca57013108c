package retail.inventory.access;

/** The service must not start as it is set; the message says what to do. */
public final class AccessStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    AccessStartException(String message) {
        super(message);
    }
}
