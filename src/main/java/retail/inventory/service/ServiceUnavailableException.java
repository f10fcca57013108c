package retail.inventory.service;

import retail.inventory.journal.LogUnavailableException;

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
        OVERLOADED,
        /** Other processes had the SKU for too long. */
        LOCKED
    }

    /** With the reason, and a sentence on what is the matter. */
    public ServiceUnavailableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** With what the log's state means for requests. */
    static ServiceUnavailableException because(LogUnavailableException e) {
        Reason reason = switch (e.reason()) {
            case STARTING -> Reason.STARTING;
            case STORAGE_FAILED, CLOSED -> Reason.READ_ONLY;
            case FULL -> Reason.OVERLOADED;
        };
        return new ServiceUnavailableException(reason, String.valueOf(e.getMessage()));
    }

    /** Why the request cannot be served. */
    public Reason reason() {
        return reason;
    }
}
