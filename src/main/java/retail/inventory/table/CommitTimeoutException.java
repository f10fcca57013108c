package retail.inventory.table;

/** It is not known in time whether what was seen is durable: the disk has not answered, or it was taken back each time. */
public final class CommitTimeoutException extends RuntimeException {

    /** With what was waited for. */
    public CommitTimeoutException(String message) {
        super(message);
    }
}
