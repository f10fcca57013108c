package retail.inventory.journal;

/** Acknowledged events cannot be read; the message says where and what to do. Stops the start. */
public final class LogDamagedException extends RuntimeException {

    /** With the place of the damage and the way out. */
    public LogDamagedException(String message) {
        super(message);
    }
}
