package retail.inventory.files;

/** The data directory cannot be used; the message says which, why, and what to do. Stops the start. */
public final class DataDirectoryException extends RuntimeException {

    /** With one sentence for the person who starts the service. */
    public DataDirectoryException(String message) {
        super(message);
    }
}
