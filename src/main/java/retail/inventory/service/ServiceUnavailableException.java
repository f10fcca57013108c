package retail.inventory.service;

/** The request cannot be served now; nothing was changed. Trying again later can help. */
public final class ServiceUnavailableException extends RuntimeException {

    private final Reason reason;

    /** Why the request cannot be served. */
    public enum Reason {
        /** The service is still reading its data. */
        STARTING,
        /** The log takes no events; reads are served. */
        READ_ONLY,
        /** More is waiting, or remembered, than may be. */
        OVERLOADED
    }

    /** With the reason, and a sentence on what is the matter. */
    public ServiceUnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why the request cannot be served. */
    public Reason reason() {
        return reason;
    }
}
