package retail.inventory.ledger;

/** The replay cannot go on, so there is no verdict; the message is one sentence that says why. */
public final class ReplayException extends RuntimeException {

    ReplayException(String message) {
        super(message);
    }

    ReplayException(String message, Throwable cause) {
        super(message, cause);
    }
}
