package retail.inventory.table;

/** The disk has not answered in time: whether the change is durable is not known. */
public final class CommitTimeoutException extends RuntimeException {

    /** With how long was waited. */
    public CommitTimeoutException(String message) {
        super(message);
    }
}
