package retail.inventory.service;

/**
 * The disk failed or did not answer in time after a change was handed to it: the change may have been recorded or not,
 * whole. The same request with the same idempotency key finds out.
 */
public final class OutcomeUnknownException extends RuntimeException {

    /** With what happened. */
    public OutcomeUnknownException(String message) {
        super(message);
    }
}
